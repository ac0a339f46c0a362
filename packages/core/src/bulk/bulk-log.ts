/** What is known of an item from before: nothing, that it was begun and its outcome is not known, or that it is done. */
export type ItemState = "new" | "begun" | "done";

/** Remembers which items of a run are done, so that a run that ended early can be started again. */
export interface BulkLog {
  /** Notes that an item is about to be sent, and returns what was known of it before. */
  begin(key: string): ItemState | Promise<ItemState>;
  /** Notes that an item is done. */
  complete(key: string): void | Promise<void>;
  /** Forgets an item, which was not applied: the next run sends it. */
  release(key: string): void | Promise<void>;
}

/** A log in memory, for several runs of one process. */
export function memoryLog(): BulkLog {
  const states = new Map<string, ItemState>();
  return {
    begin(key) {
      const state = states.get(key) ?? "new";
      if (state === "new") states.set(key, "begun");
      return state;
    },
    complete: (key) => void states.set(key, "done"),
    release: (key) => void states.delete(key),
  };
}
