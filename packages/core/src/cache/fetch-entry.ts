import { parseReply } from "../client/parse-reply.js";
import type { Call } from "../pipeline/call.js";
import type { Next, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { bodyKind } from "../platform/body-kind.js";
import type { Bytes } from "../platform/bytes.js";
import { credentialNames } from "../provider/auth-scheme.js";
import type { ProviderProfile } from "../provider/profile.js";
import { toCachedBody } from "./entry/cached-body.js";
import { CachedHeaders } from "./entry/cached-headers.js";
import { CachedReply } from "./entry/cached-reply.js";
import type { CacheEntry } from "./entry/entry.js";
import { freshMs, isNegative, staleMs } from "./entry/entry-freshness.js";
import { hasValidator, isConfirmedBy, mergeStoredHeaders, withValidators } from "./entry/validators.js";
import { readFreshnessLifetime } from "./http/freshness.js";
import { variesByCall } from "./request/cache-key.js";
import type { CallCacheOptions } from "./request/call-cache-options.js";

/** A request to the provider. */
export interface FetchRequest {
  readonly call: Call;
  readonly next: Next;
  readonly options: CallCacheOptions;
  /** An entry to revalidate, where it has a validator. */
  readonly known: CacheEntry | undefined;
}

/** The response of the provider. */
export interface FetchedReply {
  readonly reply: Reply;
  /** What of it may be stored. */
  readonly entry: CacheEntry | undefined;
  /** How long the entry is of any use: to be returned, or to be revalidated. */
  readonly keepMs: number;
}

// How long an entry is kept only to be revalidated.
const validatorKeepMs = 24 * 3_600_000;
const maxKeepMs = 30 * 24 * 3_600_000;
const storableStatuses = [200, 203, 204];

/** Whether the reply came from another address than the call's. A credential in the query is ignored: it is in one of them only. */
function wasRedirected({ auth }: ProviderProfile, call: Call, reply: Reply): boolean {
  if (call.url === reply.url) return false;
  const [requested, responded] = [new URL(call.url), new URL(reply.url)];
  for (const url of [requested, responded]) {
    for (const name of credentialNames(auth, "query")) url.searchParams.delete(name);
  }
  return requested.href !== responded.href;
}

function keepMsOf(entry: Pick<CacheEntry, "status" | "lifetime" | "headers">, options: CallCacheOptions): number {
  const stale = Math.max(staleMs(entry, options, "staleWhileRevalidateMs"), staleMs(entry, options, "staleIfErrorMs"));
  const validatorMs = hasValidator(entry) && !isNegative(entry.status) ? validatorKeepMs : 0;
  return Math.min(Math.max(freshMs(entry, options) + stale, validatorMs), maxKeepMs);
}

/** The body of a response, or of the entry that a 304 confirmed, as it is stored. */
function bodyOf(source: Reply | CacheEntry): Pick<CacheEntry, "body" | "bodyBytes" | "frozen"> {
  if ("bodyBytes" in source) {
    const { body, bodyBytes, frozen } = source;
    return { body, bodyBytes, frozen };
  }
  const body = source.body as Bytes | undefined;
  return { body: toCachedBody(body), bodyBytes: body?.length ?? 0 };
}

/** Whether a response has a verdict and status with which it may be stored. */
function isStorable(status: number, { verdict }: Reply): boolean {
  if (isNegative(status)) return verdict.kind === "failed";
  return verdict.kind === "success" && storableStatuses.includes(status);
}

/** Whether the body is what the operation promises: anything else would be an error for every caller, for as long as it is stored. */
function isWellFormed({ operation }: Call, reply: Reply): boolean {
  try {
    parseReply(operation, reply);
    return true;
  } catch {
    return false;
  }
}

/** The reply of the provider, and the entry that it confirmed by a 304. */
async function request(
  { call, next, known }: FetchRequest,
  profile: ProviderProfile,
): Promise<{ readonly reply: Reply; readonly confirmed: CacheEntry | undefined }> {
  if (known === undefined || !hasValidator(known) || isNegative(known.status)) {
    return { reply: await next(call), confirmed: undefined };
  }
  const reply = await next(withValidators(call, known));
  if (reply.status !== 304) return { reply, confirmed: undefined };
  // A validator belongs to its address: a 304 of another address says nothing about this entry.
  if (!wasRedirected(profile, call, reply) && isConfirmedBy(known, reply.headers)) return { reply, confirmed: known };
  return { reply: await next(call), confirmed: undefined };
}

/** Asks the provider: whether a known entry is still valid, where that is possible, else for the whole response. */
export async function fetchEntry(
  fetchRequest: FetchRequest,
  { profile, clock }: Pick<PolicyContext, "profile" | "clock">,
): Promise<FetchedReply> {
  const { call, options, known } = fetchRequest;
  const startedAtMs = clock.monotonic();
  const { reply, confirmed } = await request(fetchRequest, profile);
  const { status } = confirmed ?? reply;
  const headers = confirmed ? mergeStoredHeaders(confirmed.headers, reply.headers) : CachedHeaders.of(reply.headers);
  // A 404 is only ever stored for the time that the call asks for, whatever its directives say.
  const isExplicit =
    isNegative(status) || (options.ttlMs ?? options.staleWhileRevalidateMs ?? options.staleIfErrorMs) !== undefined;
  const isTrusted = profile.cacheControl === "trusted";
  const lifetime = readFreshnessLifetime(headers.headers, { isTrusted, isExplicit });
  const isComplete = !(reply.body instanceof ReadableStream) && !wasRedirected(profile, call, reply);
  const mayStore = isStorable(status, reply) && isComplete && !variesByCall(headers.headers);
  const wantedMs = lifetime && mayStore ? keepMsOf({ status, lifetime, headers }, options) : 0;
  // The body of an entry that a 304 confirmed was checked when it was stored, and that of an error is not data.
  const isChecked = wantedMs > 0 && (confirmed || isNegative(status) || isWellFormed(call, reply));
  const keepMs = isChecked ? wantedMs : 0;
  const entry: CacheEntry | undefined =
    lifetime && keepMs > 0
      ? {
          status,
          headers,
          kind: call.operation.response === "any" ? bodyKind(headers.headers.get("content-type")) : "json",
          ...bodyOf(confirmed ?? reply),
          validatedAtMs: clock.now(),
          fetchMs: clock.monotonic() - startedAtMs,
          lifetime,
          tags: known ? [...new Set([...options.tags, ...known.tags])] : options.tags,
        }
      : undefined;
  const { url } = call;
  const { attempts, requestId } = reply;
  return {
    reply: confirmed
      ? new CachedReply(
          { ...confirmed, headers, validatedAtMs: clock.now() },
          { url, cache: "revalidated", attempts, requestId },
        )
      : { ...reply, cache: "miss" },
    entry,
    keepMs,
  };
}
