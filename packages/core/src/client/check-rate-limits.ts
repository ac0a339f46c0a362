import { ConfigurationError } from "../errors/connectry-error.js";
import type { Strategies } from "../pipeline/strategies.js";
import type { ProviderFacts } from "../provider/facts.js";
import type { RateLimit } from "../provider/profile.js";

/** What limits are checked against. */
export interface RateLimitCheck {
  /** The provider's name, with which messages begin. */
  readonly where: string;
  readonly facts: ProviderFacts;
  readonly strategies: Strategies;
}

/** Throws ConfigurationError for a limit of a user that cannot be kept, or that would apply to no operation. */
export function checkRateLimits(limits: readonly RateLimit[], { where, facts, strategies }: RateLimitCheck): void {
  const buckets = ["default", ...Object.values(facts.operations).flatMap(({ bucket }) => bucket ?? [])];
  for (const [index, rule] of limits.entries()) {
    const expect = (isValid: boolean, name: keyof RateLimit, expected: string) => {
      const got = JSON.stringify(rule[name]);
      if (!isValid)
        throw new ConfigurationError(`${where}: rateLimit.limits[${index}].${name} must be ${expected}, got ${got}.`);
    };
    const { bucket, limit, perMs, per = "operation", costs = {}, window = "gcra", burst = 1 } = rule;
    expect(buckets.includes(bucket), "bucket", `one of ${[...new Set(buckets)].join(", ")}`);
    expect(Number.isInteger(limit) && limit > 0, "limit", "a positive integer");
    expect(Number.isFinite(perMs) && perMs > 0, "perMs", "a positive number of milliseconds");
    expect(burst >= 1 && burst <= limit, "burst", "from 1 to the limit");
    expect(["gcra", "sliding"].includes(window), "window", '"gcra" or "sliding"');
    // What reads parameters is part of a connector whose profile has such a limit.
    const others = strategies.limitValues
      ? ' or { parameter: "its name" }'
      : ": the profile has no limit per parameter";
    expect(per === "operation" || !!(strategies.limitValues && per?.parameter), "per", `"operation"${others}`);
    expect(
      Object.values(costs).every((cost) => Number.isFinite(cost) && cost >= 0),
      "costs",
      "numbers, 0 or more",
    );
  }
}
