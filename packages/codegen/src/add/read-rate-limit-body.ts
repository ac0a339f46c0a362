import { successResponses } from "../generate/operations/response-media.js";
import type { JsonPath } from "../generate/profile/generator-profile.js";
import type { Drafted, DraftInput } from "./draft.js";
import { isScalar, propertySchemas, schemaAt } from "./schema-paths.js";

/** The quotas in bodies: the field `rateLimitBody` of a profile. */
export type RateLimitBodyDraft = readonly { readonly remaining: JsonPath; readonly reset: object }[];

const WINDOWS_MS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};
// The object of a quota is in one object of the page: `propertyQuota.tokensPerHour.remaining`.
const DEPTH = 3;
const NUMBERS = ["integer", "number"];

/** The quotas that successes declare, each as an object named for its window that has a number `remaining`; undefined without any. */
export function readRateLimitBody({ document, operations }: DraftInput): Drafted<RateLimitBodyDraft> | undefined {
  const schemas = operations.flatMap((operation) => successResponses(operation).flatMap(({ media }) => media));
  const found = new Map<string, RateLimitBodyDraft[number]>();
  for (const schema of new Set(schemas.map((media) => media.schema))) {
    for (const { path, schema: quota } of propertySchemas(document, schema, DEPTH - 1)) {
      const unit = /per_?(second|minute|hour|day)$/i.exec(String(path.at(-1)))?.[1]?.toLowerCase();
      const left = unit && schemaAt(document, quota, ["remaining"]);
      if (!left || !isScalar(document, left, NUMBERS)) continue;
      const remaining = [...path, "remaining"];
      found.set(remaining.join("."), { remaining, reset: { windowMs: WINDOWS_MS[unit] } });
    }
  }
  if (found.size === 0) return undefined;
  const todos = [
    "the windows are read from the names of these quotas. Check them, and whether each value of a path parameter has a quota (quotaNames).",
  ];
  return { value: [...found.values()], todos };
}
