import { goesOn } from "../pagination/page-end.js";
import type { GetNextPage, PageContext } from "../pipeline/strategies.js";
import type { Pagination } from "../provider/profile.js";
import type { PageCursor } from "./options.js";

/** A page, and the number of items up to its end. */
export interface CountedPage extends PageContext {
  readonly seen: number;
}

/**
 * What leads from a page to the next: the value of its cursor parameter, or an address; undefined after the last page. Throws where
 * the page says that there is more and not where, and where it has something else than a text or a number.
 */
export function nextCursor(getNextPage: GetNextPage, style: Pagination, page: CountedPage): PageCursor | undefined {
  const more = goesOn(style, page.page, page.seen);
  if (more === false) return undefined;
  const cursor = getNextPage(style, page);
  if (typeof cursor === "number" || (typeof cursor === "string" && cursor !== "")) return cursor;
  // Null, false and an empty text are the end, too.
  if (cursor)
    throw page.fail(`a text or a number must lead to the next page, got ${JSON.stringify(cursor)}`.slice(0, 200));
  if (more) throw page.fail("the provider says that there is more, and not where");
  return undefined;
}
