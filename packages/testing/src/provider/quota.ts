import type { Clock } from "@connectry/core";

/** A rate limit of a fake provider: at most `limit` requests with one credential in any `perMs` milliseconds. */
export interface Quota {
  readonly limit: number;
  readonly perMs: number;
  /** Only operations of this bucket count, as their facts name it; operations without one are in `default`. @default all operations */
  readonly bucket?: string | undefined;
}

/** The state of a quota after one request. */
export interface QuotaState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** The time until the oldest counted request leaves the window, so that one more is allowed. */
  readonly resetMs: number;
}

/** Counts a request with a credential. A request that is not allowed does not count. */
export type QuotaCounter = (credential: string) => QuotaState;

/** Creates a sliding-window log: no window of `perMs` ever holds more than `limit` requests. */
export function createQuotaCounter({ limit, perMs }: Quota, { now }: Pick<Clock, "now">): QuotaCounter {
  const logs = new Map<string, number[]>();
  return (credential) => {
    const nowMs = now();
    const log = (logs.get(credential) ?? []).filter((time) => time > nowMs - perMs);
    const allowed = log.length < limit;
    if (allowed) log.push(nowMs);
    logs.set(credential, log);
    return { allowed, limit, remaining: limit - log.length, resetMs: (log[0] ?? nowMs) + perMs - nowMs };
  };
}
