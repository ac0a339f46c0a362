import type { Path } from "@connectry/core";

type Container = Record<string | number, unknown>;

/** Writes a value into a JSON document, in place, making the objects and lists on its way. */
export function placeValue(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const usable = typeof root === "object" && root !== null && Array.isArray(root) === (typeof key === "number");
  const container = (usable ? root : typeof key === "number" ? [] : {}) as Container;
  const inner = Object.hasOwn(container, key) ? container[key] : undefined;
  Object.defineProperty(container, key, {
    value: placeValue(inner, rest, value),
    enumerable: true,
    writable: true,
    configurable: true,
  });
  return container;
}

/** What stands at a way into a JSON document; undefined where the way ends early. */
export function valueAt(root: unknown, path: Path): unknown {
  let at = root;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Container)[key];
  }
  return at;
}
