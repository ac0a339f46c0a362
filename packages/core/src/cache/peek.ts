import { headersText, isPlainRead } from "./cache-key.js";
import type { AttachedCache, CacheContext } from "./cache-options.js";
import { type CacheParts, suits } from "./cache-policy.js";
import { isEarly } from "./early-refresh.js";
import { ownReply } from "./entry.js";
import { ageMs, freshMs } from "./freshness.js";
import { wishOf } from "./wish.js";

/**
 * The short way to a fresh answer, for calls of a tenant that is known from the start. It needs no signal, timer or header
 * of its own, which would take longer than all else.
 */
export function createPeek({ memory, names, trustMs }: CacheParts, context: CacheContext): AttachedCache["peek"] {
  const { profile, clock, headers, tenant } = context;
  let before: string | undefined;
  const behind = isPlainRead(headers) ? headersText(headers) : undefined;
  return (operation, url, settings) => {
    if (tenant === undefined || behind === undefined || settings.stream || !settings.cache) return undefined;
    if (operation.safety !== "safe" || operation.method !== "GET") return undefined;
    if (before === undefined) {
      const name = names.known(tenant);
      if (name === undefined) return undefined;
      before = `${profile.id}\n${name}\nGET `;
    }
    const wish = wishOf(operation, settings, profile.id);
    if (wish === undefined) return undefined;
    const entry = memory.get(before + url + behind, clock.monotonic(), trustMs());
    if (entry === undefined || !suits(entry, wish, settings)) return undefined;
    const leftMs = freshMs(entry, wish) - ageMs(entry, clock.now());
    // Whether chance refreshes it is for the policy to say.
    if (leftMs <= 0 || isEarly(leftMs, entry.fetchMs)) return undefined;
    return ownReply(entry, url, "hit");
  };
}
