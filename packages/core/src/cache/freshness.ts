import type { Reply } from "../pipeline/reply.js";
import { parseCacheControl, seconds } from "./cache-control.js";
import type { Entry } from "./entry.js";
import type { Wish } from "./wish.js";

/** What an answer's own directives allow. */
export interface Allowance {
  readonly freshMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  /** It must be asked about each time, whatever a call wishes. */
  readonly noCache: boolean;
  /** It must not be given once it is stale, whatever a call wishes. */
  readonly mustRevalidate: boolean;
}

/** What an answer of a provider allows whose directives are not trusted: what the call wishes. */
export const nothingSaid: Allowance = {
  freshMs: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  noCache: false,
  mustRevalidate: false,
};

function freshSeconds(headers: Headers, maxAge: string | undefined, hasMaxAge: boolean): number {
  const age = seconds(headers.get("age") ?? undefined);
  if (hasMaxAge) return seconds(maxAge) - age;
  const expires = Date.parse(headers.get("expires") ?? "");
  const date = Date.parse(headers.get("date") ?? "");
  // A date that is none makes it stale, as NaN would.
  return (expires - date) / 1_000 - age || 0;
}

/**
 * What an answer allows by its headers (RFC 9111, RFC 5861); undefined where it must not be stored. This cache is a
 * private one: each tenant has its own, so `private` allows it and `s-maxage` is for others.
 */
export function allowanceOf({ headers }: Pick<Reply, "headers">, isTrusted: boolean, isAsked: boolean) {
  if (
    headers
      .get("vary")
      ?.split(",")
      .some((name) => name.trim() === "*")
  )
    return undefined;
  if (!isTrusted && isAsked) return nothingSaid;
  const said = parseCacheControl(headers.get("cache-control"));
  if (said === undefined || said.has("no-store")) return undefined;
  if (!isTrusted) return nothingSaid;
  const ms = (name: string) => seconds(said.get(name)) * 1_000;
  return {
    freshMs: Math.max(0, freshSeconds(headers, said.get("max-age"), said.has("max-age")) * 1_000),
    staleWhileRevalidateMs: ms("stale-while-revalidate"),
    staleIfErrorMs: ms("stale-if-error"),
    noCache: said.has("no-cache"),
    mustRevalidate: said.has("must-revalidate"),
  } satisfies Allowance;
}

/** Whether an answer says that something is not there. */
export function isNegative(status: number): boolean {
  return status === 404 || status === 410;
}

/** How long after its validation an entry is fresh for a call. */
export function freshMs(
  { status, allowance }: Pick<Entry, "status" | "allowance">,
  { ttlMs, negativeTtlMs }: Wish,
): number {
  if (isNegative(status)) return negativeTtlMs;
  return allowance.noCache ? 0 : (ttlMs ?? allowance.freshMs);
}

/** How long after that it may still be given: while it is refreshed, or because refreshing failed. */
export function staleMs(
  { allowance, status }: Pick<Entry, "status" | "allowance">,
  wish: Wish,
  why: "staleWhileRevalidateMs" | "staleIfErrorMs",
): number {
  if (allowance.mustRevalidate || allowance.noCache || (isNegative(status) && wish.negativeTtlMs === 0)) return 0;
  return wish[why] ?? allowance[why];
}

/** How old an entry is; a clock that is behind the one that dated it makes it new, not younger than that. */
export function ageMs({ validatedAtMs }: Entry, nowMs: number): number {
  return Math.max(0, nowMs - validatedAtMs);
}
