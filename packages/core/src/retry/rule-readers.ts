import type { Reply } from "../pipeline/reply.js";
import { replyJson } from "../pipeline/reply-json.js";
import type { ReadShouldRetryHeader } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import type { ReplyCondition, RetryRule } from "../provider/profile.js";
import { parseWait } from "./retry-after.js";

/** Compares a value in the JSON body: its exact value, one of several, a text that it contains, or that it is another one. */
function matchesBody(condition: NonNullable<ReplyCondition["body"]>, reply: Pick<Reply, "body">): boolean {
  const json = replyJson(reply);
  const value = readPath(json, condition.at);
  // A body that is not JSON has no values: parsing it reports what it is.
  if ("isNot" in condition) return json !== undefined && value !== condition.isNot;
  if ("contains" in condition) return typeof value === "string" && value.includes(condition.contains);
  return "equals" in condition ? value === condition.equals : (condition.oneOf as readonly unknown[]).includes(value);
}

/** Whether a response meets every condition of a rule. */
export function meetsCondition(
  { status, path, headers, body }: ReplyCondition,
  reply: Omit<Reply, "verdict">,
): boolean {
  if (status && !(typeof status === "number" ? status === reply.status : status.includes(reply.status))) return false;
  // Few responses are to a path of a rule: only of those the address is parsed.
  if (path && !(reply.url.includes(path) && new URL(reply.url).pathname.endsWith(path))) return false;
  for (const name in headers) {
    const value = headers[name] === true ? reply.headers.has(name) : reply.headers.get(name);
    if (value !== headers[name]) return false;
  }
  return !body || matchesBody(body, reply);
}

/** Reads a header that is `true` or `false`. `true` does not say how long to wait. */
export const shouldRetryHeader: ReadShouldRetryHeader = (headers, name, kind) => {
  const value = name && headers.get(name);
  if (value === "false") return "failed";
  if (value !== "true") return undefined;
  return kind === "throttled" ? kind : "transient";
};

/**
 * Reads the place that a rule names: how long the provider asks to wait, in milliseconds; undefined where the response does not
 * say it there. A time in the past means no wait.
 */
export function waitUntil(
  { headers, body }: Pick<Reply, "headers" | "body">,
  until: RetryRule["until"],
  nowMs: number,
): number | undefined {
  if (!until) return undefined;
  if ("needed" in until) {
    const [needed, available, perSecond] = [until.needed, until.available, until.perSecond].map((path) =>
      Number(readPath(replyJson({ body }), path) ?? Number.NaN),
    ) as [number, number, number];
    const waitMs = Math.ceil(((needed - available) * 1_000) / perSecond);
    return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
  }
  const value = "header" in until ? headers.get(until.header) : readPath(replyJson({ body }), until.body);
  return parseWait(`${value}`, until.unit.endsWith("milliseconds") ? 1 : 1_000, { headers, nowMs });
}
