import type { CallInit, CallSender } from "../connector/call-sender.js";
import type { PaginateOptions, resolveLimits } from "../connector/options.js";
import type { Pagination } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Clock } from "../platform/clock.js";
import { createLoopGuard } from "./loop-guard.js";
import { nextPage } from "./next-page.js";
import { resolveSameOrigin } from "./same-origin.js";

/** One walk along a list. */
export interface Walk {
  readonly operation: Operation;
  readonly style: Pagination;
  readonly init: CallInit & PaginateOptions;
  readonly limits: ReturnType<typeof resolveLimits>;
  readonly send: CallSender;
  readonly clock: Clock;
}

interface Page {
  readonly page: unknown;
  readonly items: readonly unknown[];
}

function itemsOf({ operation, style }: Walk, page: unknown): readonly unknown[] {
  const items = readPath(page, style.items);
  if (Array.isArray(items)) return items;
  const where = style.items.length === 0 ? "the page is no list" : `there is no list at \`${style.items.join(".")}\``;
  throw new ResponseParseError(`${operation.id}: ${where}, so it cannot be paginated.`, { operation: operation.id });
}

/** Where the cursor stands in a request, read and written without touching the caller's own objects. */
function readCursor(style: Pagination, init: CallInit): unknown {
  if (!("into" in style)) return undefined;
  return readPath(style.into.in === "query" ? init.params?.query : init.body, [style.into.name]);
}

function writeCursor(style: Pagination, init: CallInit, value: unknown): CallInit {
  if (!("into" in style)) return init;
  const { name } = style.into;
  if (style.into.in === "body") return { ...init, body: { ...(init.body as object | undefined), [name]: value } };
  return { ...init, params: { ...init.params, query: { ...init.params?.query, [name]: value } } };
}

/** Whole pages from the first to the last. It throws where the provider repeats itself, and never leaves the origin. */
export async function* walkPages(walk: Walk): AsyncGenerator<Page, void, undefined> {
  const { operation, style, limits, send, clock } = walk;
  const { maxPages = Number.POSITIVE_INFINITY, totalDeadlineMs = Number.POSITIVE_INFINITY, ...first } = walk.init;
  const endsAtMs = clock.monotonic() + totalDeadlineMs;
  const guard = createLoopGuard();
  let init: CallInit = first;
  let url: string | undefined;
  for (let count = 0; count < maxPages; count += 1) {
    const leftMs = endsAtMs - clock.monotonic();
    if (leftMs <= 0) {
      throw new TimeoutError(
        `${operation.id}: ${count} pages took longer than totalDeadlineMs (${totalDeadlineMs} ms).`,
        {
          operation: operation.id,
          limit: "deadline",
          limitMs: totalDeadlineMs,
        },
      );
    }
    const pageLimits = { ...limits, deadlineMs: Math.min(limits.deadlineMs, leftMs) };
    const { data: page, response: reply } = await send({ operation, init, limits: pageLimits, stream: false, url });
    const items = itemsOf(walk, page);
    yield { page, items };
    const size =
      style.kind === "offset"
        ? readPath(style.into.in === "query" ? init.params?.query : init.body, [style.size])
        : undefined;
    const next = nextPage(style, { page, items, reply, at: readCursor(style, init), size });
    if (next.kind === "end") return;
    const step = next.kind === "url" ? resolveSameOrigin(operation, next.url, reply.url) : next.value;
    if (guard(JSON.stringify(step))) {
      throw new ResponseParseError(
        `${operation.id}: the provider gave the same next page twice, so the walk would never end. It was stopped after ${count + 1} pages.`,
        { operation: operation.id },
      );
    }
    if (next.kind === "url") url = step as string;
    else init = writeCursor(style, init, step);
  }
}

/** The items of a walk, one by one. */
export async function* walkItems(walk: Walk): AsyncGenerator<unknown, void, undefined> {
  for await (const { items } of walkPages(walk)) yield* items;
}
