// A store of your own: four methods. This one is a Map, which is what a test wants; over a database it would look the same.
import { type CacheStore, tieredCache } from "@connectry/core/cache";
import { createStripe } from "@connectry/stripe";

/** Values with the time they end, marks of tags, and who holds which lock until when. */
export function mapStore(): CacheStore {
  const values = new Map<string, { readonly value: string; readonly endsAtMs: number }>();
  const marks = new Map<string, string>();
  const locks = new Map<string, { readonly token: string; readonly endsAtMs: number }>();
  const live = <T extends { readonly endsAtMs: number }>(held: T | undefined) =>
    held && held.endsAtMs > Date.now() ? held : undefined;
  const marksOf = (tags: readonly string[]) => tags.map((tag) => marks.get(tag));

  return {
    async read(key, tags) {
      return { value: live(values.get(key))?.value, marks: marksOf(tags) };
    },
    async claim(key, tags, token, leaseMs) {
      const holder = live(locks.get(key));
      const won = leaseMs === 0 || holder === undefined || holder.token === token;
      if (won && leaseMs > 0) locks.set(key, { token, endsAtMs: Date.now() + leaseMs });
      for (const tag of tags) if (!marks.has(tag)) marks.set(tag, crypto.randomUUID());
      return { won, value: live(values.get(key))?.value, marks: tags.map((tag) => marks.get(tag) ?? "") };
    },
    async publish(key, tags, { token, marks: fetchedUnder, value, ttlMs }) {
      if (locks.get(key)?.token === token) locks.delete(key);
      const isCurrent = marksOf(tags).every((mark, index) => mark === fetchedUnder[index]);
      if (value === undefined || !isCurrent) return false;
      values.set(key, { value, endsAtMs: Date.now() + ttlMs });
      return true;
    },
    async invalidate(tags) {
      for (const tag of tags) marks.set(tag, crypto.randomUUID());
    },
  };
}

export const stripe = createStripe({
  cache: tieredCache({ store: mapStore(), keySecret: process.env.CACHE_KEY_SECRET }),
});
