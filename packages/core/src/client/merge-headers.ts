/** Headers by name; `null` removes one that was set before, undefined leaves it. */
export type HeaderChanges = Headers | Readonly<Record<string, string | null | undefined>> | undefined;

/** Merges headers: a later value of a name replaces an earlier one. */
export function mergeHeaders(...layers: readonly HeaderChanges[]): Headers {
  const merged = new Headers();
  for (const layer of layers) {
    for (const [name, value] of layer instanceof Headers ? layer : Object.entries(layer ?? {})) {
      if (value === null) merged.delete(name);
      else if (value !== undefined) merged.set(name, value);
    }
  }
  return merged;
}
