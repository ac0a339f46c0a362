import { type TieredCache, type TieredCacheOptions, tieredCache } from "../src/cache/index.js";
import type { CacheContext, CacheOptions, Next, PolicyContext, ProviderProfile, Reply } from "../src/index.js";
import { acme } from "./acme.js";
import { createCall } from "./call.js";
import { judgeOf } from "./judge.js";

type CallParts = NonNullable<Parameters<typeof createCall>[0]>;

/** The secret that tests name keys under. */
export const keySecret = "a secret for tests alone";

/** A cache's policy, the calls that it lets through, and a call to send: the short way first, where the tenant is fixed. */
export function cacheOf(
  context: Pick<PolicyContext, "clock"> & Partial<Pick<CacheContext, "random" | "tenant">>,
  next: Next,
  options: TieredCacheOptions | TieredCache = {},
  profile: Partial<ProviderProfile> = {},
) {
  const cache = "attach" in options ? options : tieredCache(options);
  const handle = cache.attach({
    profile: { ...acme, ...profile },
    judge: judgeOf(profile.retry),
    random: () => 0.5,
    headers: new Headers(),
    tenant: undefined,
    ...context,
  });
  let sent = 0;
  const counted: Next = async (call) => {
    sent += 1;
    return { ...(await next(call)), url: call.url };
  };
  return {
    cache,
    invalidate: handle.invalidate,
    policy: handle.policy,
    /** How many calls went on to the provider. */
    get sent() {
      return sent;
    },
    async send(settings?: CacheOptions | false, { settings: others, ...parts }: CallParts = {}): Promise<Reply> {
      const { tenant } = context;
      const call = createCall({ ...(tenant && { tenant }), ...parts, settings: { ...others, cache: settings } });
      const hit = parts.headers ? undefined : await handle.peek(call);
      return hit?.response ?? (await handle.policy.send(call, counted));
    },
  };
}

/** The parsed body of a reply. */
export function jsonOf(reply: Reply): unknown {
  return JSON.parse(new TextDecoder().decode(reply.body as Uint8Array));
}
