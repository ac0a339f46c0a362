import { readPath } from "../platform/json-path.js";
import type { Pagination } from "../provider/profile.js";

/**
 * Whether a list goes on after a page, as far as its `more`, `last` and `total` say that; undefined where they do not. A total never
 * says that there is more: many count what the caller may not see. `seen` counts the items up to the end of the page.
 */
export function goesOn({ more, last, total }: Pagination, page: unknown, seen: number): boolean | undefined {
  const flag = more && readPath(page, more);
  if (typeof flag === "boolean") return flag;
  const isLast = last && readPath(page, last);
  if (typeof isLast === "boolean") return !isLast;
  const count = total && readPath(page, total);
  return typeof count === "number" && seen >= count ? false : undefined;
}
