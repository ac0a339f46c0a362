/** Keeps what belongs to a session, as long as it is used. */
export interface SessionStore<T> {
  get(id: string): T | undefined;
  set(id: string, value: T): void;
  delete(id: string): void;
}

/** How many are kept, and how long. */
export interface SessionStoreOptions<T> {
  readonly maxSessions: number;
  readonly idleMs: number;
  readonly now: () => number;
  readonly onEvict: (value: T) => void;
}

/** Creates a store in which what was used longest ago goes first, and what is idle goes with the next access. */
export function createSessionStore<T>({ maxSessions, idleMs, now, onEvict }: SessionStoreOptions<T>): SessionStore<T> {
  // In the order of their last use.
  const entries = new Map<string, { readonly value: T; usedAtMs: number }>();
  const evict = (id: string, value: T) => {
    entries.delete(id);
    onEvict(value);
  };
  const sweep = () => {
    for (const [id, { value, usedAtMs }] of entries) {
      if (now() - usedAtMs < idleMs && entries.size <= maxSessions) return;
      evict(id, value);
    }
  };
  return {
    get(id) {
      sweep();
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      entry.usedAtMs = now();
      entries.delete(id);
      entries.set(id, entry);
      return entry.value;
    },
    set(id, value) {
      entries.set(id, { value, usedAtMs: now() });
      sweep();
    },
    delete(id) {
      entries.delete(id);
    },
  };
}
