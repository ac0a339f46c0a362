import type { ReplyCondition, RetryRule } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import type { Reply } from "../pipeline/reply.js";
import { replyJson } from "../pipeline/reply-json.js";
import type { VerdictKind } from "./classify.js";
import { parseCount } from "./retry-after.js";

/** Whether the body of an answer is as a rule wants it. */
export type BodyCondition = (condition: NonNullable<ReplyCondition["body"]>, reply: Reply) => boolean;

/** A place in the JSON body: its exact value, one of several, or a text it contains. */
export const bodyCondition: BodyCondition = (condition, reply) => {
  const value = readPath(replyJson(reply), condition.at);
  if ("contains" in condition) return typeof value === "string" && value.includes(condition.contains);
  return "equals" in condition ? value === condition.equals : (condition.oneOf as readonly unknown[]).includes(value);
};

/** What a provider's own header says of sending again; undefined where it is silent. `kind` is what the status says. */
export type VerdictHeader = (headers: Headers, name: string | undefined, kind: VerdictKind) => VerdictKind | undefined;

/** A header that is `true` or `false`. One that says yes leaves it open how long to wait. */
export const verdictHeader: VerdictHeader = (headers, name, kind) => {
  const word = name && headers.get(name);
  if (word === "false") return "failed";
  if (word !== "true") return undefined;
  return kind === "throttled" ? kind : "transient";
};

/** How long a header of a rule says to wait, in milliseconds; undefined where it does not. */
export type WaitUntil = (headers: Headers, until: RetryRule["until"], nowMs: number) => number | undefined;

/** A time in whole seconds since 1970. What is past is no wait. */
export const epochSeconds: WaitUntil = (headers, until, nowMs) => {
  const count = until && parseCount(headers.get(until.header));
  return count === undefined ? undefined : Math.max(0, count * 1_000 - nowMs);
};
