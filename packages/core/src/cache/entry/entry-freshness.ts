import type { CallSettings } from "../../pipeline/call.js";
import type { CallCacheOptions } from "../request/call-cache-options.js";
import type { CacheEntry } from "./entry.js";

type Lifetime = Pick<CacheEntry, "status" | "lifetime">;

/** Whether a status says that something does not exist. */
export function isNegative(status: number): boolean {
  return status === 404 || status === 410;
}

/** How long after its validation an entry is fresh for a call. */
export function freshMs({ status, lifetime }: Lifetime, { ttlMs, negativeTtlMs }: CallCacheOptions): number {
  if (isNegative(status)) return negativeTtlMs;
  return lifetime.noCache ? 0 : (ttlMs ?? lifetime.freshMs);
}

/** How long after the end of its freshness an entry may still be used: while it is refreshed, or because the refresh failed. */
export function staleMs(
  { lifetime, status }: Lifetime,
  options: CallCacheOptions,
  reason: "staleWhileRevalidateMs" | "staleIfErrorMs",
): number {
  if (lifetime.mustRevalidate || lifetime.noCache || (isNegative(status) && options.negativeTtlMs === 0)) return 0;
  return options[reason] ?? lifetime[reason];
}

/** The age of an entry; 0 where the clock is behind the one that dated it. */
export function ageMs({ validatedAtMs }: CacheEntry, nowMs: number): number {
  return Math.max(0, nowMs - validatedAtMs);
}

/** Whether an entry has all tags of the call, so that it can be invalidated by them, and is not larger than the call accepts. */
export function satisfies(
  { tags, bodyBytes }: CacheEntry,
  options: CallCacheOptions,
  { maxResponseBytes }: Pick<CallSettings, "maxResponseBytes">,
): boolean {
  if (bodyBytes > maxResponseBytes) return false;
  for (const tag of options.tags) if (!tags.includes(tag)) return false;
  return true;
}
