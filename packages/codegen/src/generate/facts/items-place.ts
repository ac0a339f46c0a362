import type { LoadedDocument } from "../../document/loaded-document.js";
import type { ItemsPlace, Path } from "../generator-profile.js";
import { isArray } from "./schema-shape.js";

/**
 * Where the items of a page with that schema are expected. By path, it is the page itself where it is a list, else the
 * list named like the last literal segment of the path, without an ending, in snake case: as the client reads it.
 */
export function expectedItems(place: ItemsPlace, path: string, document: LoadedDocument, schema: unknown): Path {
  if (place !== "by-path") return place;
  return isArray(document, schema) ? [] : [nameByPath(path)];
}

function nameByPath(path: string): string {
  const literals = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  const name = (literals.at(-1) ?? "").replace(/\.json$/, "").replace(/(?<=[a-z0-9])([A-Z])/g, "_$1");
  return name.replaceAll("-", "_").toLowerCase();
}
