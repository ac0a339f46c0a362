import type { Pagination } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import type { Reply } from "../pipeline/reply.js";
import { nextLink } from "./link-header.js";

/**
 * What leads from a page to the next in the provider's style: the value of its cursor parameter, or an address.
 * Undefined, null or empty at the end. `asked` tells what a parameter was when this page was asked for.
 */
export function nextStep(
  style: Pagination,
  page: unknown,
  items: readonly unknown[],
  { headers }: Reply,
  asked: (name: string) => unknown,
): unknown {
  switch (style.kind) {
    case "cursor":
      if (style.more && readPath(page, style.more) !== true) return undefined;
      return "body" in style.from ? readPath(page, style.from.body) : readPath(items.at(-1), style.from.lastItem);
    case "link-header":
      return nextLink(headers.get("link") ?? "");
    case "next-url": {
      const url = readPath(page, style.next);
      return typeof url === "string" ? url : undefined;
    }
    case "offset":
      // A page is never full where no size was asked for: an empty one is the end.
      if (items.length < (Number(asked(style.size)) || 1)) return undefined;
      return Number(asked(style.into.name) ?? 0) + items.length;
    case "page-number":
      return items.length > 0 ? Number(asked(style.into.name) ?? style.first) + 1 : undefined;
  }
}
