import type { ProviderProfile, RateLimit } from "../../packages/core/src/provider/profile.ts";

/** The limits that a connector keeps: those of most operations, how many others there are, and whether responses report them. */
export function describeLimits({ rateLimits = [], concurrency = [], ...profile }: ProviderProfile): string {
  const usual = rateLimits.filter(({ bucket }) => bucket === "default").map(describeRule);
  const others = new Set(rateLimits.map(({ bucket }) => bucket).filter((bucket) => bucket !== "default")).size;
  const isReported = typeof profile.rateLimitHeaders === "object" || profile.rateLimitBody !== undefined;
  const parts = [
    ...new Set(usual),
    ...(others > 0
      ? [`${others} ${others === 1 ? "bucket" : "buckets"} of ${others === 1 ? "its" : "their"} own`]
      : []),
    ...concurrency.map(({ limit }) => `${limit} at once`),
    ...(isReported ? ["as responses report"] : []),
  ];
  return parts.join(", ") || "learned from 429s";
}

const units = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
] as const;

/** `900 per minute`, `100 per 10 seconds`. */
function describeRule({ limit, perMs, costs }: RateLimit): string {
  const [unitMs, unit] = units.find(([ms]) => perMs % ms === 0) ?? [1, "millisecond"];
  const count = perMs / unitMs;
  const methods =
    costs?.["*"] === 0
      ? ` (${Object.keys(costs)
          .filter((method) => method !== "*")
          .join(", ")})`
      : "";
  return `${limit.toLocaleString("en-US")} per ${count === 1 ? unit : `${count} ${unit}s`}${methods}`;
}
