import type { Path } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";

/** The name that a list has by its path: its last literal segment, without an ending, in snake case. */
function nameByPath(path: string): string {
  const literal = path.split("/").findLast((segment) => /^[^{]/.test(segment)) ?? "";
  return literal
    .replace(/\.json$/, "")
    .replace(/-|(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .toLowerCase();
}

/** Where a page of the list at a path holds its items, for lists that say so nowhere else. */
export type ItemsByPath = (path: string, page: unknown) => Path;

/** The page itself where it is a list, else the list named like the path, else the page's only list. */
export const itemsByPath: ItemsByPath = (path, page) => {
  if (Array.isArray(page)) return [];
  const named = [nameByPath(path)];
  const lists = Object.entries(Object(page) as object).flatMap(([name, value]) => (Array.isArray(value) ? name : []));
  return readPath(page, named) === undefined && lists.length === 1 ? lists : named;
};
