import { readPath } from "../connector/read-path.js";
import type { JsonPath } from "./scheme.js";

/** What stands at a path as a text; undefined where it is none, nor a number or a boolean. */
export function readText(value: unknown, path: JsonPath): string | undefined {
  const found = readPath(value, path);
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean"
    ? String(found)
    : undefined;
}
