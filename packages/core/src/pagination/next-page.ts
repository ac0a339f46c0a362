import type { GetNextPage } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import type { Pagination } from "../provider/profile.js";
import { nextLink } from "./link-header.js";

type Of<K extends Pagination["kind"]> = Extract<Pagination, { readonly kind: K }>;

/** A token found in the page, or taken from its last item. */
export const cursorPaging: GetNextPage = (style, { page, items }) => {
  const { more, from } = style as Of<"cursor">;
  if (more && readPath(page, more) !== true) return undefined;
  return "body" in from ? readPath(page, from.body) : readPath(items.at(-1), from.lastItem);
};

/** The header `Link: <...>; rel="next"` (RFC 8288). */
export const linkHeaderPaging: GetNextPage = (_, { headers }) => nextLink(headers.get("link") ?? "");

/** A URL found in the page. */
export const nextUrlPaging: GetNextPage = (style, { page }) => {
  const url = readPath(page, (style as Of<"next-url">).next);
  return typeof url === "string" ? url : undefined;
};

/** An offset that grows by the number of items. */
export const offsetPaging: GetNextPage = (style, { items, requested }) => {
  const { size, into } = style as Of<"offset">;
  // Where the request sets no size, any page with items may have a successor, and an empty page is the end.
  if (items.length < (Number(requested(size)) || 1)) return undefined;
  return Number(requested(into.name) ?? 0) + items.length;
};

/** Numbered pages. */
export const pageNumberPaging: GetNextPage = (style, { items, requested }) => {
  const { into, first } = style as Of<"page-number">;
  return items.length > 0 ? Number(requested(into.name) ?? first) + 1 : undefined;
};
