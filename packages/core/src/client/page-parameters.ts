import { type JsonPath, readPath } from "../platform/json-path.js";
import type { CursorTarget } from "../provider/profile.js";
import type { CallInit } from "./prepared-call.js";

/** The value of a parameter in a request, in the place of a target; undefined where it is missing or null. */
export function readParameter(init: CallInit, { in: place, inside = [] }: CursorTarget, name: string): unknown {
  return readPath(place === "body" ? init.body : init.params?.query, [...inside, name]) ?? undefined;
}

/** A copy of a request in which a parameter has the value. The caller's own objects are not changed. */
export function setParameter(init: CallInit, target: CursorTarget, value: unknown): CallInit {
  const { in: place, name, inside = [] } = target;
  const set = (object: unknown, [key, ...rest]: JsonPath): object => ({
    ...(object as object),
    [key!]: rest.length > 0 ? set(readPath(object, [key!]), rest) : value,
  });
  if (place === "body") return { ...init, body: set(init.body, [...inside, name]) };
  return { ...init, params: { ...init.params, query: { ...init.params?.query, [name]: value } } };
}
