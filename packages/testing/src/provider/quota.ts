import type { Clock } from "@connectry/core";

/** A rate limit that a fake provider enforces: at most `limit` requests of one credential in any `perMs`. */
export interface Quota {
  readonly limit: number;
  readonly perMs: number;
  /** The operations that it is about, by the bucket that their facts name; the others are `default`. @default all */
  readonly bucket?: string | undefined;
}

/** What a quota says of one request. */
export interface QuotaState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When a request of those that count leaves the window, so that one more is allowed. */
  readonly resetMs: number;
}

/** Counts a request of a credential; what is refused does not count. */
export type QuotaCounter = (credential: string) => QuotaState;

/** A log of the last `perMs`, so that no window of that length ever holds more than `limit`. */
export function createQuotaCounter({ limit, perMs }: Quota, { now }: Pick<Clock, "now">): QuotaCounter {
  const logs = new Map<string, number[]>();
  return (credential) => {
    const at = now();
    const log = (logs.get(credential) ?? []).filter((time) => time > at - perMs);
    const allowed = log.length < limit;
    if (allowed) log.push(at);
    logs.set(credential, log);
    return { allowed, limit, remaining: limit - log.length, resetMs: (log[0] ?? at) + perMs - at };
  };
}
