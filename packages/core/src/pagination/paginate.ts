import type { CallInit, CallSender } from "../connector/call-sender.js";
import type { ResolvedLimits } from "../connector/options.js";
import type { Pagination } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import type { Operation } from "../pipeline/call.js";
import { timedOut } from "../pipeline/timed-out.js";
import type { Clock } from "../platform/clock.js";
import { resolveWithin } from "../platform/origin.js";
import { itemsPath } from "./items-place.js";
import { createLoopGuard } from "./loop-guard.js";
import { nextStep } from "./next-step.js";

/** The limits of a walk, and of each of its pages. */
export interface WalkLimits extends ResolvedLimits {
  readonly maxPages: number;
  readonly totalDeadlineMs: number;
}

/** One walk along a list. */
export interface Walk {
  readonly operation: Operation;
  readonly style: Pagination;
  readonly init: CallInit;
  readonly limits: WalkLimits;
  readonly send: CallSender;
  readonly clock: Clock;
}

/** A page, and the items that were found in it. */
export interface Page {
  readonly page: unknown;
  readonly items: readonly unknown[];
}

function broken(operation: Operation, why: string): ResponseParseError {
  return new ResponseParseError(`the list cannot be walked: ${why}.`, { operation: operation.id });
}

/** Whole pages from the first to the last. It throws where the provider repeats itself, and never leaves the origin. */
export async function* walkPages({
  operation,
  style,
  limits,
  send,
  clock,
  ...walk
}: Walk): AsyncGenerator<Page, void, undefined> {
  const { maxPages, totalDeadlineMs, ...pageLimits } = limits;
  const endsAtMs = clock.monotonic() + totalDeadlineMs;
  const isRepeated = createLoopGuard();
  const into = "into" in style ? style.into : undefined;
  let { init } = walk;
  let url: string | undefined;
  for (let count = 1; count <= maxPages; count += 1) {
    const leftMs = endsAtMs - clock.monotonic();
    if (leftMs <= 0) throw timedOut(operation.id, "deadline", totalDeadlineMs);
    const deadlineMs = Math.min(pageLimits.deadlineMs, leftMs);
    const {
      data: page,
      error,
      response: reply,
    } = await send({ operation, init, limits: { ...pageLimits, deadlineMs }, url });
    if (reply === undefined || error) throw error;
    const place = itemsPath(style.items, operation.path, page);
    const items = readPath(page, place);
    if (!Array.isArray(items)) throw broken(operation, `there is no list at \`${place.join(".")}\``);
    yield { page, items };

    const parameters = into?.in === "body" ? init.body : init.params?.query;
    const step = nextStep(style, { page, items, reply, asked: (name) => readPath(parameters, [name]) });
    if (step === undefined || step === null || step === "") return;
    if (isRepeated(JSON.stringify(step))) throw broken(operation, `page ${count} leads back to an earlier one`);
    if (into === undefined) {
      // The credential goes with it, so it never leaves the origin.
      url = resolveWithin(operation.baseUrl, step as string, reply.url)?.href;
      if (url === undefined) throw broken(operation, `page ${count} links away from the origin`);
      continue;
    }
    // The caller's own objects stay as they are.
    const changed = { ...(parameters as object), [into.name]: step };
    init = into.in === "body" ? { ...init, body: changed } : { ...init, params: { ...init.params, query: changed } };
  }
}
