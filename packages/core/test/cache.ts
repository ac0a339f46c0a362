import { type TieredCache, type TieredCacheOptions, tieredCache } from "../src/cache/index.js";
import type { CacheContext, CacheOptions, Next, PolicyContext, ProviderProfile, Reply } from "../src/index.js";
import { acme } from "./acme.js";
import { createCall } from "./call.js";
import { classified } from "./classify.js";

interface CacheParts extends TieredCacheOptions {
  /** A cache that several policies share, instead of options for a new one. */
  readonly cache?: TieredCache;
  readonly profile?: Partial<ProviderProfile>;
}

type CallParts = NonNullable<Parameters<typeof createCall>[0]>;

/** The secret under which tests name keys. */
export const keySecret = "a secret for tests alone";

/** The policy of a cache, the calls that it passes on, and a function that sends one: by the fast path first, where the tenant is fixed. */
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
    headers: new Headers(),
    tenant: undefined,
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
    /** How many calls were passed on to the provider. */
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
