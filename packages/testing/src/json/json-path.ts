import type { JsonPath } from "@connectry/core";

type Container = Record<string | number, unknown>;

/** Sets a value in a JSON document in place, creating the objects and arrays on its path. Returns the document. */
export function setAtPath(root: unknown, path: JsonPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const isContainer = typeof root === "object" && root !== null && Array.isArray(root) === (typeof key === "number");
  const container = (isContainer ? root : typeof key === "number" ? [] : {}) as Container;
  const member = Object.hasOwn(container, key) ? container[key] : undefined;
  Object.defineProperty(container, key, {
    value: setAtPath(member, rest, value),
    enumerable: true,
    writable: true,
    configurable: true,
  });
  return container;
}

/** The value at a path of a JSON document; undefined where the document does not have the path. */
export function getAtPath(root: unknown, path: JsonPath): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Container)[key];
  }
  return value;
}

/** A copy of a JSON document without the member of an object at a path. */
export function withoutPath(root: unknown, [key, ...rest]: JsonPath): unknown {
  if (key === undefined || typeof root !== "object" || root === null || Array.isArray(root)) return root;
  if (!Object.hasOwn(root, key)) return root;
  const { [key]: member, ...others } = root as Container;
  return rest.length === 0 ? others : { ...root, [key]: withoutPath(member, rest) };
}
