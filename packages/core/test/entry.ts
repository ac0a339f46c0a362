import { CachedHeaders } from "../src/cache/entry/cached-headers.js";
import type { CacheEntry } from "../src/cache/entry/entry.js";
import { noDirectives } from "../src/cache/http/freshness.js";

interface EntryParts extends Partial<Omit<CacheEntry, "headers">> {
  readonly headers?: Record<string, string>;
}

/** A stored response, with the parts that matter to a test replaced. */
export function createEntry({ headers, ...parts }: EntryParts = {}): CacheEntry {
  return {
    status: 200,
    headers: CachedHeaders.of(new Headers(headers)),
    kind: "json",
    body: "{}",
    bodyBytes: 2,
    validatedAtMs: 0,
    fetchMs: 0,
    lifetime: noDirectives,
    tags: [],
    ...parts,
  };
}
