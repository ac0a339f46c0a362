import type { LoadedDocument } from "../../document/loaded-document.js";
import type { JsonPath } from "../profile/list-style.js";
import { arrayProperties, isArray, propertiesOf } from "./schema-shape.js";

/** Names of lists of any API. */
const GENERIC = new Set([
  "data",
  "items",
  "results",
  "entries",
  "values",
  "value",
  "records",
  "content",
  "elements",
  "result",
]);

/** Lists that come with the items of a page, and are not the items unless the path is named like them. */
const BESIDE = new Set(["errors", "error", "warnings", "order", "sort", "links", "included"]);

/** Whether a list has one of the names that lists of any API have. */
export function isGenericName(name: string): boolean {
  return GENERIC.has(normalizeName(name));
}

/**
 * Where a page has its items: the page itself if it is a list, or else, of its lists, the one that is named like a segment of the
 * path (the last that fits), the one with a generic name, or the only one. Those inside of an object count where no others do.
 * Undefined where several lists compete.
 */
export function pickItems(document: LoadedDocument, path: string, schema: unknown): JsonPath | undefined {
  if (isArray(document, schema)) return [];
  const top = arrayProperties(document, schema).map((name) => [name]);
  const nested = [...propertiesOf(document, schema)].flatMap(([name, property]) =>
    arrayProperties(document, property).map((inner) => [name, inner]),
  );
  return (
    pickByName(path, top) ?? (top.some(isCandidate) ? pickAlone(top) : (pickByName(path, nested) ?? pickAlone(nested)))
  );
}

const nameOf = (location: readonly string[]) => normalizeName(location.at(-1) ?? "");
const isCandidate = (location: readonly string[]) => !BESIDE.has(nameOf(location));

function pickByName(path: string, lists: readonly string[][]): JsonPath | undefined {
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  for (const segment of segments.reverse()) {
    const name = normalizeName(segment.replace(/\.json$/, ""));
    const named = lists.filter((location) => nameOf(location) === name);
    if (named.length === 1) return named[0];
  }
  const generic = lists.filter((location) => GENERIC.has(nameOf(location)));
  return generic.length === 1 ? generic[0] : undefined;
}

function pickAlone(lists: readonly string[][]): JsonPath | undefined {
  const left = lists.filter(isCandidate);
  return left.length === 1 ? left[0] : undefined;
}

/** A name in lower case, with letters and digits only. */
export function normalizeName(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
