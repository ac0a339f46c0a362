import { type TieredCache, type TieredCacheOptions, tieredCache } from "../src/cache/index.js";
import type { CacheContext, CacheOptions, Next, PolicyContext, ProviderProfile, Reply } from "../src/index.js";
import { acme } from "./acme.js";
import { createCall, createTenant } from "./call.js";
import { classified } from "./classify.js";

interface CacheParts extends TieredCacheOptions {
  /** A cache that several policies share, instead of options for a new one. */
  readonly cache?: TieredCache;
  readonly profile?: Partial<ProviderProfile>;
}

type CallParts = NonNullable<Parameters<typeof createCall>[0]>;

/** The secret for the digests of keys. */
export const keySecret = "a secret for tests alone";

/** A cache on a provider: its policy, the number of calls sent to the provider, and a function that sends a call through the fast path and the policy. */
export function cacheOf(
  context: Pick<PolicyContext, "clock"> & Partial<Pick<CacheContext, "random" | "tenant">>,
  next: Next,
  { cache: given, profile = {}, ...options }: CacheParts = {},
) {
  const cache = given ?? tieredCache(options);
  const classifiedNext = classified(next, profile.retry, context.clock);
  const handle = cache.attach({
    profile: { ...acme, ...profile },
    random: () => 0.5,
    headers: {},
    tenant: undefined,
    resolveTenant: async () => createTenant("tenant-1"),
    ...context,
  });
  let sent = 0;
  const counted: Next = async (call) => {
    sent += 1;
    return { ...(await classifiedNext(call)), url: call.url };
  };
  return {
    cache,
    invalidate: handle.invalidate,
    policy: handle.policy,
    /** How many calls were sent to the provider. */
    get sent() {
      return sent;
    },
    async send(settings?: CacheOptions | false, { settings: others, ...parts }: CallParts = {}): Promise<Reply> {
      const { tenant } = context;
      const call = createCall({ ...(tenant && { tenant }), ...parts, settings: { ...others, cache: settings } });
      const found = parts.headers ? undefined : await handle.readFresh(call);
      if (found === "known-miss") {
        return await handle.policy.send({ ...call, settings: { ...call.settings, isKnownCacheMiss: true } }, counted);
      }
      return found?.response ?? (await handle.policy.send(call, counted));
    },
  };
}

/** The parsed body of a reply. */
export function jsonOf(reply: Reply): unknown {
  return JSON.parse(new TextDecoder().decode(reply.body as Uint8Array));
}
