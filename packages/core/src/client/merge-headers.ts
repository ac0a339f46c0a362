import type { CallHeaders } from "../pipeline/call.js";
import { toHeader } from "../pipeline/with-header.js";

/** Headers by name; `null` removes one that was set before, undefined leaves it. */
export type HeaderChanges =
  | Headers
  | Readonly<Record<string, string | null | undefined>>
  | readonly (readonly [name: string, value: string | null | undefined])[]
  | undefined;

/** The names and values of headers: `Headers` of any realm, and a Map, hold pairs, not properties. */
export function headerPairs(headers: object = {}): Iterable<readonly [string, string | null | undefined]> {
  return Symbol.iterator in headers ? (headers as Headers) : Object.entries(headers);
}

/**
 * Headers changed by layers: a later value of a name replaces an earlier one. Throws ConfigurationError for one that cannot be sent.
 */
export function mergeHeaders(headers: CallHeaders, ...layers: readonly HeaderChanges[]): CallHeaders {
  const merged = new Map(Object.entries(headers));
  for (const layer of layers) {
    for (const [name, value] of headerPairs(layer)) {
      if (value === null) merged.delete(name.toLowerCase());
      else if (value !== undefined) merged.set(...toHeader(name, value));
    }
  }
  return Object.fromEntries(merged);
}
