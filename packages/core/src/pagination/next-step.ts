import type { Pagination } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import { nextLink } from "./link-header.js";

/** A page as its list's strategy sees it. */
export interface ReadPage {
  /** The parsed body. */
  readonly page: unknown;
  readonly items: readonly unknown[];
  readonly headers: Headers;
  /** What a parameter was when this page was asked for. */
  readonly asked: (name: string) => unknown;
}

/**
 * What leads from a page to the next: the value of its cursor parameter, or an address. Undefined, null or empty at the
 * end.
 */
export type NextStep = (style: Pagination, read: ReadPage) => unknown;

type Of<K extends Pagination["kind"]> = Extract<Pagination, { readonly kind: K }>;

/** A token found in the page, or taken from its last item. */
export const cursorPaging: NextStep = (style, { page, items }) => {
  const { more, from } = style as Of<"cursor">;
  if (more && readPath(page, more) !== true) return undefined;
  return "body" in from ? readPath(page, from.body) : readPath(items.at(-1), from.lastItem);
};

/** The header `Link: <...>; rel="next"` (RFC 8288). */
export const linkHeaderPaging: NextStep = (_, { headers }) => nextLink(headers.get("link") ?? "");

/** A URL found in the page. */
export const nextUrlPaging: NextStep = (style, { page }) => {
  const url = readPath(page, (style as Of<"next-url">).next);
  return typeof url === "string" ? url : undefined;
};

/** A count that grows by the number of items. */
export const offsetPaging: NextStep = (style, { items, asked }) => {
  const { size, into } = style as Of<"offset">;
  // A page is never full where no size was asked for: an empty one is the end.
  if (items.length < (Number(asked(size)) || 1)) return undefined;
  return Number(asked(into.name) ?? 0) + items.length;
};

/** Pages that are counted. */
export const pageNumberPaging: NextStep = (style, { items, asked }) => {
  const { into, first } = style as Of<"page-number">;
  return items.length > 0 ? Number(asked(into.name) ?? first) + 1 : undefined;
};
