import type { CallSettings, Operation } from "../../pipeline/call.js";
import type { ProviderProfile } from "../../provider/profile.js";

/** What one call asks of the cache. Times that are undefined are up to the response. */
export interface CallCacheOptions {
  readonly ttlMs: number | undefined;
  readonly staleWhileRevalidateMs: number | undefined;
  readonly staleIfErrorMs: number | undefined;
  readonly negativeTtlMs: number;
  /** The tag of the operation, and the tags of the call: each as it is, and as that of the call's tenant. */
  readonly tags: readonly string[];
}

/** The tag of all responses of an operation. Tags belong to a provider, so that two providers may use the same names. */
export function operationTag(provider: string, operation: string): string {
  return `${provider} operation ${operation}`;
}

/** The tag under which a tag of the user is stored. */
export function userTag(provider: string, tag: string): string {
  return `${provider} tag ${tag}`;
}

/** The tag under which only the responses for one tenant are stored. */
export function tenantTag(tag: string, tenant: string): string {
  return `${tag} of ${tenant}`;
}

/** Whether a call may get a response that was fetched for another: a call that always revalidates gains nothing from it. */
export function isReusable({ ttlMs, negativeTtlMs }: CallCacheOptions, { cacheControl }: ProviderProfile): boolean {
  return (ttlMs ?? negativeTtlMs) > 0 || cacheControl === "trusted";
}

const operationTags = new WeakMap<Operation, string>();

/** Whose response is cached. */
export interface CacheOwner {
  readonly provider: string;
  /** The fingerprint of the tenant. */
  readonly tenant: string;
}

/** The cache options of a call, which were checked before; undefined where it bypasses the cache. */
export function resolveCallCacheOptions(
  operation: Operation,
  settings: CallSettings,
  { provider, tenant }: CacheOwner,
): CallCacheOptions | undefined {
  if (settings.cache === false) return undefined;
  const { ttlMs, staleWhileRevalidateMs, staleIfErrorMs, negativeTtlMs = 0, tags } = settings.cache ?? {};
  let own = operationTags.get(operation);
  if (own === undefined) {
    own = operationTag(provider, operation.id);
    operationTags.set(operation, own);
  }
  const all = tags === undefined ? [own] : [own, ...tags.map((tag) => userTag(provider, tag))];
  return {
    ttlMs,
    staleWhileRevalidateMs,
    staleIfErrorMs,
    negativeTtlMs,
    tags: [...all, ...all.map((tag) => tenantTag(tag, tenant))],
  };
}
