import { ResponseParseError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { LocateOperation, Strategies } from "../pipeline/strategies.js";
import { createTimeoutError } from "../pipeline/with-timeout.js";
import type { Clock } from "../platform/clock.js";
import { readPath } from "../platform/json-path.js";
import { isWithin, resolveLink } from "../platform/origin.js";
import type { Pagination } from "../provider/profile.js";
import type { CallSender } from "./call-sender.js";
import { nextCursor } from "./next-cursor.js";
import type { PageCursor, ResolvedLimits } from "./options.js";
import { readParameter, setParameter } from "./page-parameters.js";
import type { CallInit, PreparedCall } from "./prepared-call.js";

/** The limits of an iteration, and of each of its pages. */
export interface PageIterationLimits extends ResolvedLimits {
  readonly maxPages: number;
  readonly totalDeadlineMs: number;
}

/** The request for the first page, and how the iteration goes on. */
export interface PageIteration extends PreparedCall {
  readonly limits: PageIterationLimits;
  readonly startFrom: PageCursor | undefined;
  readonly prefetch: boolean | undefined;
}

/** How the pages of a list are requested and read. */
export interface PageIterationContext {
  readonly style: Pagination;
  readonly strategies: Pick<Strategies, "pagination" | "itemsByPath">;
  /** Yields pages instead of their items. */
  readonly yieldPages: boolean;
  readonly send: CallSender;
  /** Gives an operation the address of the account: links are followed on its host only. */
  readonly locate?: LocateOperation | undefined;
  readonly clock: Clock;
}

/** What differs among the requests for the pages of a list. */
type PageRequest = Pick<PreparedCall, "init" | "url">;

/** The first request: with what the provider must be asked for, and not with the parameter of the other direction. */
function firstInit({ operation, init }: PageIteration, style: Pagination): CallInit {
  const { ask } = style;
  if (style.kind === "cursor" && style.opposite && readParameter(init, style.into, style.opposite) !== undefined) {
    const advice = `the next page is requested by \`${style.into.name}\``;
    throw new ConfigurationError(`${operation.id}: \`${style.opposite}\` cannot be paginated: ${advice}.`);
  }
  return ask && readParameter(init, ask, ask.name) === undefined ? setParameter(init, ask, ask.value) : init;
}

/**
 * Iterates over the items of a list from the first page to the last, or over its pages. Throws ResponseParseError where a page
 * has no items, leads back to an earlier page, or says that there is more and not where; and never leaves the origin.
 */
export async function* iteratePages(
  iteration: PageIteration,
  { style, strategies, yieldPages, send, locate, clock }: PageIterationContext,
): AsyncGenerator<unknown, void, undefined> {
  const { limits, startFrom, prefetch } = iteration;
  const operation = (await locate?.(iteration.operation, iteration.init)) ?? iteration.operation;
  const { maxPages, totalDeadlineMs, ...pageLimits } = limits;
  const endsAtMs = clock.monotonic() + totalDeadlineMs;
  const into = "into" in style ? style.into : undefined;
  const stopped = new AbortController();

  const request = async ({ init, url }: PageRequest) => {
    const leftMs = endsAtMs - clock.monotonic();
    if (leftMs <= 0) throw createTimeoutError(operation.id, "deadline", totalDeadlineMs);
    const deadlineMs = Math.min(pageLimits.deadlineMs, leftMs);
    return send({ operation, init, limits: { ...pageLimits, deadlineMs }, url });
  };
  /** The request for the page that a cursor or a link leads to; undefined where that is on another origin. */
  const requestAt = (cursor: PageCursor, init: CallInit, from: string): PageRequest | undefined => {
    if (into) return { init: setParameter(init, into, cursor) };
    // The request carries the credential, so it never leaves the origin.
    const link = resolveLink(operation, String(cursor), from);
    return link && isWithin(new URL(operation.baseUrl), link) ? { init, url: link.href } : undefined;
  };

  let init = firstInit(iteration, style);
  if (prefetch) {
    // A page that was requested ahead is not needed any more when the caller stops.
    const signals = [stopped.signal, ...(init.signal ? [init.signal] : [])];
    init = { ...init, signal: AbortSignal.any(signals) };
  }
  const first = (startFrom ?? undefined) === undefined ? { init } : requestAt(startFrom!, init, operation.baseUrl);
  if (!first || startFrom === "") {
    throw new ConfigurationError(`${operation.id}: startFrom must be the cursor of a page of this list.`);
  }
  let current = first;
  let sent: ReturnType<typeof request> | undefined;
  let checkpoint: PageCursor | undefined;
  let itemsBefore: readonly unknown[] = [];
  let seen = 0;

  try {
    for (let count = 1; count <= maxPages; count += 1) {
      const { data: page, error, response } = await (sent ?? request(current));
      if (!response || error) throw error;
      const fail = (reason: string) => new ResponseParseError(`page ${count}: ${reason}.`, { operation: operation.id });
      const location = style.items === "by-path" ? strategies.itemsByPath!(operation.path, page) : style.items;
      const items = readPath(page, location);
      if (!Array.isArray(items)) {
        throw fail(`expected an array ${location.length > 0 ? `at \`${location.join(".")}\`` : "as the page"}`);
      }
      seen += items.length;

      let cursor: PageCursor | undefined;
      let failure: unknown;
      let next: PageRequest | undefined;
      try {
        const requested = (name: string) => into && readParameter(current.init, into, name);
        const { headers } = response;
        const context = { page, items, itemsBefore, seen, headers, requested, fail };
        cursor = nextCursor(strategies.pagination![style.kind]!, style, context);
        if (cursor !== undefined) {
          if (cursor === checkpoint && !("scrolls" in style)) throw fail("it leads back to an earlier page");
          // Each cursor is compared with a checkpoint that moves at every power of two, which finds a cycle in constant memory
          // (Brent, 1980).
          if ((count & (count - 1)) === 0) checkpoint = cursor;
          next = requestAt(cursor, current.init, response.url);
          if (!next) throw fail("it links to another origin");
          cursor = next.url ?? cursor;
        }
      } catch (thrown) {
        failure = thrown;
      }
      if (prefetch && next && count < maxPages) {
        sent = request(next);
        // It is awaited after the items of this page.
        sent.catch(() => {});
      }
      // Nobody should take a page for the last one that is not.
      if (yieldPages && failure) throw failure;
      if (yieldPages) yield { data: page, items, cursor, response };
      else yield* items;
      if (failure) throw failure;
      if (!next) return;
      current = next;
      itemsBefore = items;
    }
  } finally {
    stopped.abort();
  }
}
