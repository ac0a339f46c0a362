import { parseCacheControl, parseSeconds } from "./cache-control.js";

/** How long a response may be used, by its own directives. */
export interface FreshnessLifetime {
  readonly freshMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  /** It must be revalidated each time, whatever a call asks for. */
  readonly noCache: boolean;
  /** It must not be used once it is stale, whatever a call asks for. */
  readonly mustRevalidate: boolean;
}

/** The lifetime of a response without directives, or whose directives are not trusted: what the call asks for. */
export const noDirectives: FreshnessLifetime = {
  freshMs: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  noCache: false,
  mustRevalidate: false,
};

/** How much the directives of a response count. */
export interface DirectiveTrust {
  /** The profile says that the provider's directives are to be trusted. */
  readonly isTrusted: boolean;
  /** The call itself says how old a response it accepts. */
  readonly isExplicit: boolean;
}

function freshSeconds(headers: Headers, maxAge: string | undefined, hasMaxAge: boolean): number {
  const age = parseSeconds(headers.get("age") ?? undefined);
  if (hasMaxAge) return parseSeconds(maxAge) - age;
  const expires = Date.parse(headers.get("expires") ?? "");
  const date = Date.parse(headers.get("date") ?? "");
  // An invalid date means stale; the result would be NaN.
  return (expires - date) / 1_000 - age || 0;
}

/**
 * The lifetime of a response by its headers (RFC 9111, RFC 5861); undefined where it must not be stored. This is a private
 * cache: each tenant has its own, so `private` allows storing and `s-maxage` does not apply.
 */
export function readFreshnessLifetime(
  headers: Headers,
  { isTrusted, isExplicit }: DirectiveTrust,
): FreshnessLifetime | undefined {
  const vary = headers.get("vary");
  if (vary?.split(",").some((name) => name.trim() === "*")) return undefined;
  if (!isTrusted && isExplicit) return noDirectives;
  const directives = parseCacheControl(headers.get("cache-control"));
  if (directives === undefined || directives.has("no-store")) return undefined;
  if (!isTrusted) return noDirectives;
  const milliseconds = (name: string) => parseSeconds(directives.get(name)) * 1_000;
  return {
    freshMs: Math.max(0, freshSeconds(headers, directives.get("max-age"), directives.has("max-age")) * 1_000),
    staleWhileRevalidateMs: milliseconds("stale-while-revalidate"),
    staleIfErrorMs: milliseconds("stale-if-error"),
    noCache: directives.has("no-cache"),
    mustRevalidate: directives.has("must-revalidate"),
  };
}
