import type { ItemsPlace, Path } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";

/** The name that a list has by its path: its last literal segment, without an ending, in snake case. */
function nameByPath(path: string): string {
  const literal = path.split("/").findLast((segment) => /^[^{]/.test(segment)) ?? "";
  return literal
    .replace(/\.json$/, "")
    .replace(/-|(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .toLowerCase();
}

/** Where a page of the list at a path holds its items. */
export function itemsPath(place: ItemsPlace, path: string, page: unknown): Path {
  if (place !== "by-path") return place;
  if (Array.isArray(page)) return [];
  const named = [nameByPath(path)];
  const lists = Object.entries(Object(page) as object).flatMap(([name, value]) => (Array.isArray(value) ? name : []));
  return readPath(page, named) === undefined && lists.length === 1 ? lists : named;
}
