import type { ItemsByPath } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";

/** The name of a list by its path: the last literal segment, without an extension, in snake case. */
function nameByPath(path: string): string {
  const literal = path.split("/").findLast((segment) => /^[^{]/.test(segment)) ?? "";
  return literal
    .replace(/\.json$/, "")
    .replace(/-|(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .toLowerCase();
}

/** The page itself where it is a list, else the list that is named like the path, else the only list of the page. */
export const itemsByPath: ItemsByPath = (path, page) => {
  if (Array.isArray(page)) return [];
  const named = [nameByPath(path)];
  const lists = Object.entries(Object(page) as object).flatMap(([name, value]) => (Array.isArray(value) ? name : []));
  return readPath(page, named) === undefined && lists.length === 1 ? lists : named;
};
