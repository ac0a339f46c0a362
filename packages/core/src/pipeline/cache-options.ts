/** How old a response one call accepts, and by which tags it can be invalidated. Times add up: the stale ones begin where `ttlMs` ends. */
export interface CacheOptions {
  /**
   * Milliseconds for which a stored response is used without asking the provider. This is what the call accepts, whichever
   * call stored the response. @default 0: every response is revalidated
   */
  readonly ttlMs?: number | undefined;
  /** Milliseconds after `ttlMs` in which the old response is returned at once while it is refreshed once. @default 0 */
  readonly staleWhileRevalidateMs?: number | undefined;
  /** Milliseconds after `ttlMs` in which the old response is returned when the provider fails: 5xx, 429, no response, timeout. @default 0 */
  readonly staleIfErrorMs?: number | undefined;
  /** Milliseconds for which a 404 or 410 is returned again. @default 0: they are never stored */
  readonly negativeTtlMs?: number | undefined;
  /** The tags by which `invalidate({ tags })` removes the response. */
  readonly tags?: readonly string[] | undefined;
}
