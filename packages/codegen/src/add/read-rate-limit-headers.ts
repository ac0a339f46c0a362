import { isJsonObject, objectIn, stringIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import type { Drafted, DraftInput } from "./draft.js";

type DraftUnit = "epoch-seconds" | "epoch-milliseconds" | "seconds" | "milliseconds";

/** The headers with the rest of a quota: the field `rateLimitHeaders` of a profile. */
export interface RateLimitHeadersDraft {
  readonly limit: string;
  readonly remaining: string;
  readonly reset?: { readonly name: string; readonly unit: DraftUnit };
}

const QUOTA = /rate-?limit|quota|throttl/i;

/** The quota headers that responses declare; undefined unless there are both a limit and a remaining number. */
export function readRateLimitHeaders(input: DraftInput): Drafted<RateLimitHeadersDraft> | undefined {
  const headers = declaredHeaders(input);
  const named = (pattern: RegExp) => [...headers.keys()].find((name) => QUOTA.test(name) && pattern.test(name));
  const remaining = named(/remaining|left|available/i);
  const limit = named(/limit$|max|total|limit-(requests|minute|hour|day)$/i);
  if (remaining === undefined || limit === undefined || limit === remaining) return undefined;
  const reset = named(/reset/i);
  if (reset === undefined) return { value: { limit, remaining }, todos: [] };
  const unit = unitOf(headers.get(reset) ?? "");
  return unit === undefined
    ? {
        value: { limit, remaining },
        todos: [`the document does not say in which unit ${reset} is. Add it as \`reset\`, with its unit.`],
      }
    : { value: { limit, remaining, reset: { name: reset, unit } }, todos: [] };
}

/** The unit of a time, by the description of its header. */
function unitOf(text: string): DraftUnit | undefined {
  if (/epoch|unix|timestamp|utc/i.test(text)) return /milli/i.test(text) ? "epoch-milliseconds" : "epoch-seconds";
  if (/milliseconds|\bms\b/i.test(text)) return "milliseconds";
  return /\bseconds\b/i.test(text) ? "seconds" : undefined;
}

/** The headers of all responses in lower case, with their descriptions. */
function declaredHeaders({ document, operations }: DraftInput): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { json } of operations) {
    for (const source of Object.values(objectIn(json, "responses"))) {
      const response = followReference(document, source);
      for (const [name, entry] of Object.entries(objectIn(response, "headers"))) {
        const header = followReference(document, entry);
        if (isJsonObject(header) && /^[A-Za-z0-9-]+$/.test(name))
          found.set(name.toLowerCase(), stringIn(header, "description") ?? found.get(name.toLowerCase()) ?? "");
      }
    }
  }
  return found;
}
