import type { GetNextPage } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import type { Pagination } from "../provider/profile.js";
import { nextLink } from "./link-header.js";

type Of<K extends Pagination["kind"]> = Extract<Pagination, { readonly kind: K }>;

/** A token found in the page, or taken from its last item. */
export const cursorPaging: GetNextPage = (style, { page, items, itemsBefore, fail }) => {
  const { from, scrolls } = style as Of<"cursor">;
  if (items.length === 0 && (scrolls || !("body" in from))) return undefined;
  if ("body" in from) return readPath(page, from.body);
  const cursorOf = (item: unknown) => readPath(item, from.lastItem);
  const cursor = cursorOf(items.at(-1));
  if (!cursor && cursor !== 0) throw fail(`expected a cursor at \`${from.lastItem.join(".")}\` of the last item`);
  // Where the provider sorts the other way round, a page goes on with the first items again, and the rest would be lost.
  if (itemsBefore.length > 0 && items.some((item) => cursorOf(item) === cursorOf(itemsBefore[0])))
    throw fail("the cursor leads back to items of the page before: the list has another order");
  return cursor;
};

/** The header `Link: <...>; rel="next"` (RFC 8288). */
export const linkHeaderPaging: GetNextPage = (_, { headers }) => nextLink(headers.get("link") ?? "");

/** A URL found in the page, or in its list of links. */
export const nextUrlPaging: GetNextPage = (style, { page }) => {
  const { next, link } = style as Of<"next-url">;
  const found = readPath(page, next);
  if (!link || !Array.isArray(found)) return found;
  return readPath(
    found.find((one) => readPath(one, [link.rel]) === "next"),
    [link.href],
  );
};

/** An offset that grows by the number of items, or by what the page says. */
export const offsetPaging: GetNextPage = (style, { page, items, requested }) => {
  const { into, first = 0, step, total } = style as Of<"offset">;
  const covered = step && Number(readPath(page, step));
  const next = Number(requested(into.name) ?? first) + (covered || items.length);
  const count = covered && total ? readPath(page, total) : undefined;
  return (typeof count === "number" ? next - first < count : items.length > 0) ? next : undefined;
};

/** Numbered pages. */
export const pageNumberPaging: GetNextPage = (style, { page, items, requested }) => {
  const { into, first, pages } = style as Of<"page-number">;
  const next = Number(requested(into.name) ?? first) + 1;
  const isLast = pages && next - first >= Number(readPath(page, pages));
  return items.length > 0 && !isLast ? next : undefined;
};
