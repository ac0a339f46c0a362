import type { ItemsPlace, Path } from "../connector/profile.js";

/** The name that a list has by its path: its last literal segment, without an ending, in snake case. */
function nameByPath(path: string): string {
  const literal = path.split("/").findLast((segment) => segment !== "" && !segment.startsWith("{")) ?? "";
  return literal
    .replace(/\.json$/, "")
    .replace(/(?<=[a-z0-9])([A-Z])/g, "_$1")
    .replaceAll("-", "_")
    .toLowerCase();
}

/** Where a page of the list at a path holds its items. */
export function itemsPath(place: ItemsPlace, path: string, page: unknown): Path {
  if (place !== "by-path") return place;
  return Array.isArray(page) ? [] : [nameByPath(path)];
}
