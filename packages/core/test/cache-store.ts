import type { CacheStore, InvalidationListener } from "../src/cache/index.js";

/** A store of the same process, as anyone could bring one: what a test looks into, and stops at any step. */
export interface TestStore extends CacheStore {
  readonly values: Map<string, { value: string; atMs: number }>;
  readonly listeners: Set<InvalidationListener>;
}

/** Makes a store that keeps everything; `step` is waited for before and after each of its steps. */
export function testStore(step: (name: string) => Promise<void> = async () => {}): TestStore {
  const values: TestStore["values"] = new Map();
  const marks = new Map<string, string>();
  const locks = new Map<string, string>();
  const listeners = new Set<InvalidationListener>();
  let count = 0;
  const nextMark = () => {
    count += 1;
    return `mark ${count}`;
  };
  const during = async <T>(name: string, work: () => T): Promise<T> => {
    await step(`${name} goes out`);
    const result = work();
    await step(`${name} comes back`);
    return result;
  };
  return {
    values,
    listeners,
    read: (key, tags) =>
      during("read", () => ({ value: values.get(key)?.value, marks: tags.map((tag) => marks.get(tag)) })),
    claim: (key, tags, token, leaseMs) =>
      during("claim", () => {
        const holder = locks.get(key);
        const won = leaseMs === 0 || holder === undefined || holder === token;
        if (won && leaseMs > 0) locks.set(key, token);
        for (const tag of tags) if (!marks.has(tag)) marks.set(tag, nextMark());
        return { won, value: values.get(key)?.value, marks: tags.map((tag) => marks.get(tag) ?? "") };
      }),
    publish: (key, tags, publication) =>
      during("publish", () => {
        if (locks.get(key) === publication.token) locks.delete(key);
        if (publication.value === undefined) return false;
        if (tags.some((tag, index) => marks.get(tag) !== publication.marks[index])) return false;
        values.set(key, { value: publication.value, atMs: publication.ttlMs });
        return true;
      }),
    async invalidate(tags) {
      await during("invalidate", () => {
        for (const tag of tags) marks.set(tag, nextMark());
      });
      for (const listener of listeners) void step("message").then(() => listener.invalidated(tags));
    },
    async subscribe(listener) {
      listeners.add(listener);
      listener.ready();
      return async () => void listeners.delete(listener);
    },
  };
}
