import type { Pagination } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import type { Reply } from "../pipeline/reply.js";
import { nextLink } from "./link-header.js";

/** How a list goes on: a parameter to change, an address to call, or the end. */
export type NextPage =
  | { readonly kind: "parameter"; readonly value: unknown }
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "end" };

const end: NextPage = { kind: "end" };

/** What is known of the page that was just read. */
export interface PageRead {
  readonly page: unknown;
  readonly items: readonly unknown[];
  readonly reply: Reply;
  /** The value that the parameter of the cursor had for this page. */
  readonly at: unknown;
  /** The size that was asked for, where one was. */
  readonly size: unknown;
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Reads from a page, in the provider's style, where the next one is. */
export function nextPage(style: Pagination, { page, items, reply, at, size }: PageRead): NextPage {
  switch (style.kind) {
    case "cursor": {
      if (style.more !== undefined && readPath(page, style.more) !== true) return end;
      const { from } = style;
      const value = "body" in from ? readPath(page, from.body) : readPath(items.at(-1), from.lastItem);
      return present(value) ? { kind: "parameter", value } : end;
    }
    case "link-header": {
      const url = nextLink(reply.headers.get("link") ?? "");
      return url === undefined ? end : { kind: "url", url };
    }
    case "next-url": {
      const url = readPath(page, style.next);
      return typeof url === "string" && url !== "" ? { kind: "url", url } : end;
    }
    case "offset": {
      if (items.length === 0 || (present(size) && items.length < Number(size))) return end;
      return { kind: "parameter", value: Number(at ?? 0) + items.length };
    }
    case "page-number":
      return items.length === 0 ? end : { kind: "parameter", value: Number(at ?? style.first) + 1 };
  }
}
