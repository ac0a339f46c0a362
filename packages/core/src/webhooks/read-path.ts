import type { JsonPath } from "./scheme.js";

/** What stands at a path of a parsed body; only what the body itself holds, nothing that is inherited. */
export function readPath(value: unknown, path: JsonPath): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return found;
}

/** What stands at a path as a text; undefined where it is none, nor a number or a boolean. */
export function readText(value: unknown, path: JsonPath): string | undefined {
  const found = readPath(value, path);
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean"
    ? String(found)
    : undefined;
}
