import { replyJson } from "../pipeline/reply-json.js";
import type { MatchBody, ReadShouldRetryHeader, WaitUntil } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import { parseWait } from "./retry-after.js";

/** Compares a value in the JSON body: its exact value, one of several, a text that it contains, or that it is another one. */
export const matchBody: MatchBody = (condition, reply) => {
  const json = replyJson(reply);
  const value = readPath(json, condition.at);
  // A body that is not JSON has no values: parsing it reports what it is.
  if ("isNot" in condition) return json !== undefined && value !== condition.isNot;
  if ("contains" in condition) return typeof value === "string" && value.includes(condition.contains);
  return "equals" in condition ? value === condition.equals : (condition.oneOf as readonly unknown[]).includes(value);
};

/** Reads a header that is `true` or `false`. `true` does not say how long to wait. */
export const shouldRetryHeader: ReadShouldRetryHeader = (headers, name, kind) => {
  const value = name && headers.get(name);
  if (value === "false") return "failed";
  if (value !== "true") return undefined;
  return kind === "throttled" ? kind : "transient";
};

/** Reads a wait, or a time until which to wait, from a header or from the body. A time in the past means no wait. */
export const waitUntil: WaitUntil = ({ headers, body }, until, nowMs) => {
  if (!until) return undefined;
  const value = "header" in until ? headers.get(until.header) : readPath(replyJson({ body }), until.body);
  return parseWait(`${value}`, until.unit.endsWith("milliseconds") ? 1 : 1_000, { headers, nowMs });
};
