import type { LoadedDocument } from "../../document/loaded-document.js";
import type { ItemsPlace, Path } from "../generator-profile.js";
import { arrayProperties, isArray, schemaAt } from "./schema-shape.js";

/**
 * Where the items of a page with that schema are expected. By path, it is the page itself where it is a list, else the
 * list named like the last literal segment of the path, without an ending, in snake case: as the client reads it.
 */
export function expectedItems(place: ItemsPlace, path: string, document: LoadedDocument, schema: unknown): Path {
  if (place !== "by-path") return place;
  return isArray(document, schema) ? [] : [nameByPath(path)];
}

/**
 * Whether a client that is told nothing finds these items. By path, it also takes the only list of a page, where that has
 * nothing of the name that is expected.
 */
export function isFound(
  items: Path,
  place: ItemsPlace,
  path: string,
  document: LoadedDocument,
  schema: unknown,
): boolean {
  const expected = expectedItems(place, path, document, schema);
  const isOnly = place === "by-path" && schemaAt(document, schema, expected) === undefined;
  return [expected, ...(isOnly ? [arrayProperties(document, schema)] : [])].some(
    (steps) => steps.length === items.length && steps.every((step, index) => step === items[index]),
  );
}

function nameByPath(path: string): string {
  const literals = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  const name = (literals.at(-1) ?? "").replace(/\.json$/, "").replace(/(?<=[a-z0-9])([A-Z])/g, "_$1");
  return name.replaceAll("-", "_").toLowerCase();
}
