import type { JsonPath } from "../generate/profile/list-style.js";
import { isAboutThePage, LAST, lastNameOf, MORE, PAGE_COUNTS, TOTALS } from "./page-names.js";
import type { PaginationHints } from "./pagination-hints.js";
import type { LocatedSchema } from "./schema-paths.js";

/** Where a page says whether it is the last. */
export interface PageEnds {
  readonly more?: JsonPath;
  readonly last?: JsonPath;
  readonly total?: JsonPath;
  readonly pages?: JsonPath;
}

/** The fields of a page that say whether it is the last, of those that a list of the kind needs. */
export function pageEnds(hints: PaginationHints, kind: string): PageEnds {
  const find = (located: readonly LocatedSchema[], isNamed: (name: string) => boolean) =>
    located.find(({ path }) => isNamed(lastNameOf(path)) && isAboutThePage(path))?.path;
  const totalOfItems = `total${lastNameOf(hints.items ?? [])}`;
  // A cursor and a link say by themselves where the list ends, and a total can be an estimate.
  const isCounted = kind === "offset" || kind === "page-number";
  const [more, last] = [find(hints.flags, (name) => MORE.test(name)), find(hints.flags, (name) => LAST.test(name))];
  const total = isCounted ? find(hints.counts, (name) => TOTALS.test(name) || name === totalOfItems) : undefined;
  const pages = kind === "page-number" ? find(hints.counts, (name) => PAGE_COUNTS.test(name)) : undefined;
  return { ...(more && { more }), ...(last && { last }), ...(total && { total }), ...(pages && { pages }) };
}
