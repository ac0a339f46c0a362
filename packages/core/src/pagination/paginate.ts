import type { CallSender, Errand } from "../connector/call-sender.js";
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

/** What the first page is asked for with. */
export interface Walk extends Errand {
  readonly limits: WalkLimits;
}

function broken(operation: Operation, why: string): ResponseParseError {
  return new ResponseParseError(`the list cannot be walked: ${why}.`, { operation: operation.id });
}

/**
 * The items of a list from the first page to the last, or its pages whole. It throws where the provider repeats itself,
 * and never leaves the origin.
 */
export async function* walkPages(
  { operation, init: first, limits }: Walk,
  style: Pagination,
  isWhole: boolean,
  send: CallSender,
  clock: Clock,
): AsyncGenerator<unknown, void, undefined> {
  const { maxPages, totalDeadlineMs, ...pageLimits } = limits;
  const endsAtMs = clock.monotonic() + totalDeadlineMs;
  const isRepeated = createLoopGuard();
  const into = "into" in style ? style.into : undefined;
  let init = first;
  let url: string | undefined;
  for (let count = 1; count <= maxPages; count += 1) {
    const leftMs = endsAtMs - clock.monotonic();
    if (leftMs <= 0) throw timedOut(operation.id, "deadline", totalDeadlineMs);
    const deadlineMs = Math.min(pageLimits.deadlineMs, leftMs);
    const { data: page, error, response } = await send({ operation, init, limits: { ...pageLimits, deadlineMs }, url });
    if (!response || error) throw error;
    const place = itemsPath(style.items, operation.path, page);
    const items = readPath(page, place);
    if (!Array.isArray(items)) throw broken(operation, `no list is at \`${place.join(".")}\``);
    if (isWhole) yield page;
    else yield* items;

    const parameters = into?.in === "body" ? init.body : init.params?.query;
    const step = nextStep(style, page, items, response, (name) => readPath(parameters, [name])) ?? "";
    if (step === "") return;
    if (isRepeated(JSON.stringify(step))) throw broken(operation, `page ${count} leads back to another`);
    if (into) {
      // The caller's own objects stay as they are.
      const changed = { ...(parameters as object), [into.name]: step };
      init = into.in === "body" ? { ...init, body: changed } : { ...init, params: { ...init.params, query: changed } };
    } else {
      // The credential goes with it, so it never leaves the origin.
      url = resolveWithin(operation.baseUrl, step as string, response.url)?.href;
      if (!url) throw broken(operation, `page ${count} links to another origin`);
    }
  }
}
