import { ResponseParseError } from "../errors/call-errors.js";
import type { Operation } from "../pipeline/call.js";
import type { Strategies } from "../pipeline/strategies.js";
import { createTimeoutError } from "../pipeline/with-timeout.js";
import type { Clock } from "../platform/clock.js";
import { readPath } from "../platform/json-path.js";
import { isWithin, resolveLink } from "../platform/origin.js";
import type { Pagination } from "../provider/profile.js";
import type { CallSender, PreparedCall } from "./call-sender.js";
import type { ResolvedLimits } from "./options.js";

/** The limits of an iteration, and of each of its pages. */
export interface PageIterationLimits extends ResolvedLimits {
  readonly maxPages: number;
  readonly totalDeadlineMs: number;
}

/** The request for the first page. */
export interface PageIteration extends PreparedCall {
  readonly limits: PageIterationLimits;
}

/** How the pages of a list are requested and read. */
export interface PageIterationContext {
  readonly style: Pagination;
  readonly strategies: Strategies;
  /** Yields pages instead of their items. */
  readonly yieldPages: boolean;
  readonly send: CallSender;
  readonly clock: Clock;
}

function pageError(operation: Operation, reason: string): ResponseParseError {
  return new ResponseParseError(`${reason}.`, { operation: operation.id });
}

/**
 * Iterates over the items of a list from the first page to the last, or over its pages. Throws ResponseParseError where a page
 * has no items or leads back to an earlier page, and never leaves the origin.
 */
export async function* iteratePages(
  { operation, init: first, limits }: PageIteration,
  { style, strategies, yieldPages, send, clock }: PageIterationContext,
): AsyncGenerator<unknown, void, undefined> {
  const { maxPages, totalDeadlineMs, ...pageLimits } = limits;
  const endsAtMs = clock.monotonic() + totalDeadlineMs;
  const getNextPage = strategies.pagination?.[style.kind];
  const into = "into" in style ? style.into : undefined;
  let init = first;
  let url: string | undefined;
  let checkpoint: string | undefined;
  for (let count = 1; count <= maxPages; count += 1) {
    const leftMs = endsAtMs - clock.monotonic();
    if (leftMs <= 0) throw createTimeoutError(operation.id, "deadline", totalDeadlineMs);
    const deadlineMs = Math.min(pageLimits.deadlineMs, leftMs);
    const { data: page, error, response } = await send({ operation, init, limits: { ...pageLimits, deadlineMs }, url });
    if (!response || error) throw error;
    const location = style.items === "by-path" ? strategies.itemsByPath!(operation.path, page) : style.items;
    const items = readPath(page, location);
    if (!Array.isArray(items)) {
      const where = location.length > 0 ? `at \`${location.join(".")}\` in the page` : "as the page";
      throw pageError(operation, `expected an array ${where}`);
    }
    if (yieldPages) yield page;
    else yield* items;

    const parameters = into?.in === "body" ? init.body : init.params?.query;
    const requested = (name: string) => readPath(parameters, [name]);
    const next = getNextPage!(style, { page, items, headers: response.headers, requested }) ?? "";
    if (next === "") return;
    const cursor = JSON.stringify(next);
    if (cursor === checkpoint) throw pageError(operation, `page ${count} leads back to an earlier page`);
    // Each cursor is compared with a checkpoint that moves at every power of two, which finds a cycle in constant memory
    // (Brent, 1980).
    if ((count & (count - 1)) === 0) checkpoint = cursor;
    if (into) {
      // The caller's own objects are not changed.
      const changed = { ...(parameters as object), [into.name]: next };
      init = into.in === "body" ? { ...init, body: changed } : { ...init, params: { ...init.params, query: changed } };
    } else {
      // The request carries the credential, so it never leaves the origin.
      const link = resolveLink(operation, next as string, response.url);
      if (!link || !isWithin(new URL(operation.baseUrl), link)) {
        throw pageError(operation, `page ${count} links to another origin`);
      }
      url = link.href;
    }
  }
}
