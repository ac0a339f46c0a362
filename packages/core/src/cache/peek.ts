import { headersText, isPlainRead } from "./cache-key.js";
import type { AttachedCache, CacheContext, CacheHit } from "./cache-options.js";
import { type CacheParts, suits } from "./cache-policy.js";
import { isEarly } from "./early-refresh.js";
import type { Entry } from "./entry.js";
import { ageMs, freshMs, isNegative } from "./freshness.js";
import { KeptReply } from "./kept-reply.js";
import { createShortWait } from "./short-wait.js";
import { isReusable, wishOf } from "./wish.js";

/** What a caller gets of a fresh entry; undefined where that is for the pipeline's end to say, as of what is not there. */
function hitOf(entry: Entry, url: string): CacheHit | undefined {
  const { status, form, body, bodyBytes, frozen } = entry;
  if (isNegative(status)) return undefined;
  const response = new KeptReply(entry, url, "hit");
  if (frozen) return { data: frozen.value, response };
  if (bodyBytes === 0) return { data: undefined, response };
  if (form === "bytes") return { data: response.body, response };
  if (typeof body !== "string") return undefined;
  if (form === "text") return { data: body, response };
  try {
    return { data: JSON.parse(body), response };
  } catch {
    return undefined;
  }
}

/**
 * The short way to a fresh answer, for calls of a tenant that is known from the start. It needs no deadline, header or
 * policy, which would take longer than all else: what is kept was judged when it was stored.
 */
export function createPeek(parts: CacheParts, context: CacheContext): AttachedCache["peek"] {
  const { memory, shared, names, digests, invalidations, missed, trustMs } = parts;
  const { profile, clock, headers, tenant } = context;
  const behind = isPlainRead(headers) ? headersText(headers) : undefined;
  const shortly = createShortWait(clock);
  let before: string | undefined;
  return ({ operation, url, body, signal, settings }) => {
    if (tenant === undefined || behind === undefined || settings.stream || !settings.cache) return undefined;
    if (operation.safety !== "safe" || operation.method !== "GET" || body) return undefined;
    if (before === undefined) {
      const name = names.known(tenant);
      if (name === undefined) return undefined;
      before = `${profile.id}\n${name}\nGET `;
    }
    const wish = wishOf(operation, settings, profile.id);
    if (wish === undefined) return undefined;
    const key = before + url + behind;
    const leftMs = (entry: Entry) =>
      suits(entry, wish, settings) ? freshMs(entry, wish) - ageMs(entry, clock.now()) : 0;
    const held = memory.get(key, clock.monotonic(), trustMs());
    if (held) {
      const heldMs = leftMs(held);
      // Whether chance refreshes it is for the policy to say.
      return heldMs > 0 && !isEarly(heldMs, held.fetchMs) ? hitOf(held, url) : undefined;
    }
    const digest = shared && isReusable(wish, profile) ? digests.known(key) : undefined;
    if (shared === undefined || digest === undefined) return undefined;
    const { point } = invalidations;
    return shortly(shared.read(digest, wish.tags), signal).then((entry) => {
      if (entry === undefined) missed.add(settings);
      if (entry === undefined || entry === "late") return undefined;
      const newer = memory.get(key, clock.monotonic(), trustMs());
      if (!newer || newer.validatedAtMs < entry.validatedAtMs) memory.set(key, entry, point, clock.monotonic());
      return leftMs(entry) > 0 ? hitOf(entry, url) : undefined;
    });
  };
}
