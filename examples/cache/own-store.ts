// A store of your own has four methods. This one uses Maps, as a test would; a store in a database looks the same.
import { type CacheStore, tieredCache } from "@connectry/core/cache";
import { createStripe } from "@connectry/stripe";

/** Holds values until they expire, the versions of tags, and the leases of keys. */
export function mapStore(): CacheStore {
  const values = new Map<string, { readonly value: string; readonly expiresAtMs: number }>();
  const versions = new Map<string, string>();
  const leases = new Map<string, { readonly token: string; readonly expiresAtMs: number }>();
  const unexpired = <T extends { readonly expiresAtMs: number }>(held: T | undefined) =>
    held && held.expiresAtMs > Date.now() ? held : undefined;
  const versionsOf = (tags: readonly string[]) => tags.map((tag) => versions.get(tag));

  return {
    async read(key, tags) {
      return { value: unexpired(values.get(key))?.value, tagVersions: versionsOf(tags) };
    },
    async claim(key, tags, { token, leaseMs }) {
      const holder = unexpired(leases.get(key));
      const won = leaseMs === 0 || holder === undefined || holder.token === token;
      if (won && leaseMs > 0) leases.set(key, { token, expiresAtMs: Date.now() + leaseMs });
      for (const tag of tags) if (!versions.has(tag)) versions.set(tag, crypto.randomUUID());
      return { won, value: unexpired(values.get(key))?.value, tagVersions: tags.map((tag) => versions.get(tag) ?? "") };
    },
    async publish(key, tags, { token, tagVersions: fetchedUnder, value, ttlMs }) {
      if (leases.get(key)?.token === token) leases.delete(key);
      const isCurrent = versionsOf(tags).every((version, index) => version === fetchedUnder[index]);
      if (value === undefined || !isCurrent) return false;
      values.set(key, { value, expiresAtMs: Date.now() + ttlMs });
      return true;
    },
    async invalidate(tags) {
      for (const tag of tags) versions.set(tag, crypto.randomUUID());
    },
  };
}

export const stripe = createStripe({
  cache: tieredCache({ store: mapStore(), keySecret: process.env.CACHE_KEY_SECRET }),
});
