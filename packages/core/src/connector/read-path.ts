import type { Path } from "./profile.js";

/** What stands at a path of a parsed document; undefined where the way ends early. Only own properties count. */
export function readPath(value: unknown, path: Path): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}
