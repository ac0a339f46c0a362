import type { CacheStore, InvalidationListener } from "../src/cache/index.js";

/** A store in this process, like one that a user could write: a test can inspect it and pause it at any step. */
export interface TestStore extends CacheStore {
  readonly values: Map<string, { value: string; atMs: number }>;
  readonly listeners: Set<InvalidationListener>;
}

/** Creates a store that keeps everything; it awaits `step` before and after each of its operations. */
export function testStore(step: (name: string) => Promise<void> = async () => {}): TestStore {
  const values: TestStore["values"] = new Map();
  const tagVersions = new Map<string, string>();
  const locks = new Map<string, string>();
  const listeners = new Set<InvalidationListener>();
  let count = 0;
  const nextVersion = () => {
    count += 1;
    return `version ${count}`;
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
      during("read", () => ({ value: values.get(key)?.value, tagVersions: tags.map((tag) => tagVersions.get(tag)) })),
    claim: (key, tags, { token, leaseMs }) =>
      during("claim", () => {
        const holder = locks.get(key);
        const won = leaseMs === 0 || holder === undefined || holder === token;
        if (won && leaseMs > 0) locks.set(key, token);
        for (const tag of tags) if (!tagVersions.has(tag)) tagVersions.set(tag, nextVersion());
        return { won, value: values.get(key)?.value, tagVersions: tags.map((tag) => tagVersions.get(tag) ?? "") };
      }),
    publish: (key, tags, publication) =>
      during("publish", () => {
        if (locks.get(key) === publication.token) locks.delete(key);
        if (publication.value === undefined) return false;
        if (tags.some((tag, index) => tagVersions.get(tag) !== publication.tagVersions[index])) return false;
        values.set(key, { value: publication.value, atMs: publication.ttlMs });
        return true;
      }),
    async invalidate(tags) {
      await during("invalidate", () => {
        for (const tag of tags) tagVersions.set(tag, nextVersion());
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
