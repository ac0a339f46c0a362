import type { ItemsPlace, Path } from "@connectry/core";

/** The name that a list has by its path, as the client reads it: the last literal segment in snake case, without an ending. */
function nameByPath(path: string): string {
  const literals = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  const name = (literals.at(-1) ?? "").replace(/\.json$/, "").replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return name.replaceAll("-", "_").toLowerCase();
}

/** Where the items of the list at a path are. `isList` says whether its page is a list itself. */
export function itemsPath(place: ItemsPlace, path: string, isList: () => boolean): Path {
  if (place !== "by-path") return place;
  return isList() ? [] : [nameByPath(path)];
}
