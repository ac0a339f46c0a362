import type { BodyKind } from "../../platform/body-kind.js";
import type { FreshnessLifetime } from "../http/freshness.js";
import type { CachedBody } from "./cached-body.js";
import type { CachedHeaders } from "./cached-headers.js";

/** The parsed data of a response, frozen, for all callers. */
export interface FrozenData {
  readonly value: unknown;
  /** The estimated size in memory. */
  readonly bytes: number;
}

/** A stored response. */
export interface CacheEntry {
  readonly status: number;
  readonly headers: CachedHeaders;
  /** How the body is given to callers. */
  readonly kind: BodyKind;
  readonly body: CachedBody;
  /** The data of the body, where all callers share it. */
  readonly frozen?: FrozenData | undefined;
  /** The size of the body in bytes. */
  readonly bodyBytes: number;
  /** When the provider last confirmed that this is its response, by the wall clock. */
  readonly validatedAtMs: number;
  /** How long the provider took to confirm it. */
  readonly fetchMs: number;
  /** The lifetime by the response's own directives, where they are trusted. */
  readonly lifetime: FreshnessLifetime;
  /** The tag of its operation is one of them. */
  readonly tags: readonly string[];
}

/** Prepares an entry once, instead of once for each caller. */
export type PrepareEntry = (entry: CacheEntry) => CacheEntry;
