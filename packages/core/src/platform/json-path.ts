/** A way into a JSON document: property names and array indices. `[]` is the document itself. */
export type JsonPath = readonly (string | number)[];

/** The value at a path of a parsed document; undefined where the path does not exist. Only own properties count. */
export function readPath(value: unknown, path: JsonPath): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/** The text or the number at a path, as a text of up to 500 characters; undefined where there is none, or no path. */
export function textAt(value: unknown, path: JsonPath | undefined): string | undefined {
  const found = path && readPath(value, path);
  return typeof found === "string" || typeof found === "number" ? String(found).slice(0, 500) : undefined;
}
