import type { JsonPath } from "../platform/json-path.js";

/** Where a cursor goes in the next request. */
export interface CursorTarget {
  readonly in: "query" | "body";
  readonly name: string;
  /** The object of the body that has it, where that is not the body itself: `["pagination"]`. */
  readonly inside?: JsonPath;
}

/**
 * Where a page holds its items. `by-path`: the page itself where it is a list, else the list named like the last literal
 * segment of the path (`/Messages.json` and `/messages`: `messages`; `/deploy-keys`: `deploy_keys`), else its only list.
 */
export type ItemsLocation = JsonPath | "by-path";

/** What the lists of every style can have. */
export interface PageFields {
  readonly items: ItemsLocation;
  /** A boolean of the page: false on the last page. True on a page that leads to no other is an error. */
  readonly more?: JsonPath;
  /** A boolean of the page: true on the last page. False on a page that leads to no other is an error. */
  readonly last?: JsonPath;
  /** The number of all items in the page: the list ends with the last of them. */
  readonly total?: JsonPath;
  /** A parameter without which the provider does not page: sent with this value, unless the caller sets it. */
  readonly ask?: CursorTarget & { readonly value: string | number | boolean };
}

/** How the next page of a list is found. What the page does not have of `more`, `last` and `total` decides nothing. */
export type Pagination = PageFields &
  (
    | {
        /** A token found in the page, or taken from its last item, goes into a parameter. Absent, null or empty: the end. */
        readonly kind: "cursor";
        readonly from: { readonly body: JsonPath } | { readonly lastItem: JsonPath };
        readonly into: CursorTarget;
        /** The parameter that pages in the other direction, and is never sent together with the cursor: `ending_before`. */
        readonly opposite?: string;
        /**
         * The provider keeps the position in the list: the cursor may be the same on every page, and an empty page is the end, whatever it
         * leads to.
         */
        readonly scrolls?: true;
      }
    /** The header `Link: <...>; rel="next"` (RFC 8288). A link with the parameter `results="false"` is the end. */
    | { readonly kind: "link-header" }
    | {
        /** A URL found in the page, absolute or relative. Absent, null or empty: the end. */
        readonly kind: "next-url";
        readonly next: JsonPath;
        /** Where `next` is a list of links: what a link calls its relation, which must be `next`, and its URL. */
        readonly link?: { readonly rel: string; readonly href: string };
      }
    | {
        /** A count that grows by the number of items. An empty page is the end; a short one is not, since providers cap pages. */
        readonly kind: "offset";
        readonly into: CursorTarget;
        readonly size: string;
        /** The offset of the first item. @default 0 */
        readonly first?: number;
        /**
         * A number of the page by which the offset grows, where pages leave out items that the caller may not see: `["limit"]`. With
         * `total` a list then ends where the offset has reached it, and an empty page is not the end. @default the number of its items
         */
        readonly step?: JsonPath;
      }
    | {
        /** Pages counted from `first`. An empty page is the end. */
        readonly kind: "page-number";
        readonly into: CursorTarget;
        readonly first: number;
        /** The number of all pages, in the page. */
        readonly pages?: JsonPath;
      }
  );
