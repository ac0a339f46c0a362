import { setHeader } from "../pipeline/with-header.js";

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

/** Merges headers: a later value of a name replaces an earlier one. Throws ConfigurationError for one that cannot be sent. */
export function mergeHeaders(...layers: readonly HeaderChanges[]): Headers {
  const merged = new Headers();
  for (const layer of layers) {
    for (const [name, value] of headerPairs(layer)) {
      if (value === null) merged.delete(name);
      else if (value !== undefined) setHeader(merged, name, value);
    }
  }
  return merged;
}
