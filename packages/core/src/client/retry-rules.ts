import { ConfigurationError } from "../errors/connectry-error.js";
import type { ProviderProfile, RetryRule } from "../provider/profile.js";
import { readOptions } from "./read-options.js";

const verdicts = ["success", "transient", "throttled", "failed", "reauthenticate"];

/**
 * The profile with rules of the user's before its own. Throws ConfigurationError for what is not a list of rules: a condition with
 * a misspelled name would match every response.
 */
export function withRetryRules(profile: ProviderProfile, rules: readonly RetryRule[] | undefined): ProviderProfile {
  if (rules === undefined) return profile;
  const where = profile.name;
  for (const rule of Array.isArray(rules) ? rules : [undefined]) {
    if (typeof rule?.when !== "object" || !verdicts.includes(rule.verdict)) {
      const form = `{ when: { status: 409 }, verdict: "transient" }; verdicts are ${verdicts.join(", ")}`;
      throw new ConfigurationError(`${where}: retryRules must be a list of rules such as ${form}.`);
    }
    const others = ["when", "verdict", "until", "notApplied", "maybeApplied"];
    readOptions(rule, { defaults: { waitMs: 0 }, others, where, prefix: "retryRules.", allowsZero: true });
    const conditions = ["status", "path", "headers", "body"];
    readOptions(rule.when, { defaults: {}, others: conditions, where, prefix: "retryRules.when." });
  }
  return { ...profile, retry: { ...profile.retry, rules: [...rules, ...(profile.retry?.rules ?? [])] } };
}
