import type { LoadedDocument } from "../../document/loaded-document.js";
import type { ItemsLocation, JsonPath } from "../profile/generator-profile.js";
import { arrayProperties, isArray, schemaAt } from "./schema-shape.js";

/** A page of a list: the path of its operation, and its schema. */
export interface PageSchema {
  readonly document: LoadedDocument;
  readonly path: string;
  readonly schema: unknown;
}

/**
 * Where a client expects the items of a page. With `by-path`, that is the page itself if it is a list, or else the list
 * that has the name of the path's last literal segment, without `.json` and in snake case.
 */
export function expectedItems(location: ItemsLocation, { document, path, schema }: PageSchema): JsonPath {
  if (location !== "by-path") return location;
  return isArray(document, schema) ? [] : [nameByPath(path)];
}

/**
 * Whether a client finds the items there without a fact. With `by-path`, a client also takes the only list of a page
 * that has no property with the expected name.
 */
export function isDefaultLocation(items: JsonPath, location: ItemsLocation, page: PageSchema): boolean {
  const { document, schema } = page;
  const expected = expectedItems(location, page);
  const isOnly = location === "by-path" && schemaAt(document, schema, expected) === undefined;
  return [expected, ...(isOnly ? [arrayProperties(document, schema)] : [])].some(
    (steps) => steps.length === items.length && steps.every((step, index) => step === items[index]),
  );
}

function nameByPath(path: string): string {
  const literals = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  const name = (literals.at(-1) ?? "").replace(/\.json$/, "").replace(/(?<=[a-z0-9])([A-Z])/g, "_$1");
  return name.replaceAll("-", "_").toLowerCase();
}
