import type { CallSender, Errand } from "../connector/call-sender.js";
import type { ResolvedLimits } from "../connector/options.js";
import type { Pagination } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import type { Strategies } from "../connector/strategies.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import type { Operation } from "../pipeline/call.js";
import { timedOut } from "../pipeline/timed-out.js";
import type { Clock } from "../platform/clock.js";
import { resolveWithin } from "../platform/origin.js";

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
  { pagination, itemsByPath }: Strategies,
  isWhole: boolean,
  send: CallSender,
  clock: Clock,
): AsyncGenerator<unknown, void, undefined> {
  const { maxPages, totalDeadlineMs, ...pageLimits } = limits;
  const endsAtMs = clock.monotonic() + totalDeadlineMs;
  const nextStep = pagination?.[style.kind];
  const into = "into" in style ? style.into : undefined;
  let init = first;
  let url: string | undefined;
  let mark: string | undefined;
  for (let count = 1; count <= maxPages; count += 1) {
    const leftMs = endsAtMs - clock.monotonic();
    if (leftMs <= 0) throw timedOut(operation.id, "deadline", totalDeadlineMs);
    const deadlineMs = Math.min(pageLimits.deadlineMs, leftMs);
    const { data: page, error, response } = await send({ operation, init, limits: { ...pageLimits, deadlineMs }, url });
    if (!response || error) throw error;
    const place = style.items === "by-path" ? itemsByPath!(operation.path, page) : style.items;
    const items = readPath(page, place);
    if (!Array.isArray(items)) throw broken(operation, `no list is at \`${place.join(".")}\``);
    if (isWhole) yield page;
    else yield* items;

    const parameters = into?.in === "body" ? init.body : init.params?.query;
    const asked = (name: string) => readPath(parameters, [name]);
    const step = nextStep!(style, { page, items, headers: response.headers, asked }) ?? "";
    if (step === "") return;
    const cursor = JSON.stringify(step);
    if (cursor === mark) throw broken(operation, `page ${count} leads back to another`);
    // Each is compared with a mark that moves on at every power of two, so a circle is found in constant memory (Brent, 1980).
    if ((count & (count - 1)) === 0) mark = cursor;
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
