import type { ItemsLocation, JsonPath } from "@connectry/core";

/** The name of a list by its path, as connectors derive it: the last literal segment in snake case, without `.json`. */
function nameByPath(path: string): string {
  const literals = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  const name = (literals.at(-1) ?? "").replace(/\.json$/, "").replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return name.replaceAll("-", "_").toLowerCase();
}

/** Where a page of the list at a path has its items. `isArray` returns whether the page itself is an array. */
export function itemsPath(items: ItemsLocation, path: string, isArray: () => boolean): JsonPath {
  if (items !== "by-path") return items;
  return isArray() ? [] : [nameByPath(path)];
}
