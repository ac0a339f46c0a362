import type { Clock, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { EncodedResponse } from "../http/encode-response.js";
import type { ErrorResponder } from "./error-response.js";
import { createQuotaCounter, type Quota } from "./quota.js";
import { quotaHeaders, throttledResponse } from "./quota-response.js";

/** What a quota does to one request: it is rejected, or its response gets the rate limit headers. */
export interface QuotaResult {
  readonly rejection: EncodedResponse | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the responses to requests beyond a quota depend on. */
export interface QuotaOptions {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts | undefined;
  readonly clock: Pick<Clock, "now">;
  readonly respondWithError: ErrorResponder;
}

const unlimited: QuotaResult = { rejection: undefined, headers: {} };

/** Creates a check of requests against a quota, which counts each request. */
export function createQuotaEnforcer(
  quota: Quota | undefined,
  { profile, facts, clock, respondWithError }: QuotaOptions,
): (operation: DocumentOperation, credential: string) => QuotaResult {
  if (quota === undefined) return () => unlimited;
  const count = createQuotaCounter(quota, clock);
  const bucketOf = ({ id }: DocumentOperation) =>
    (Object.hasOwn(facts?.operations ?? {}, id) ? facts?.operations[id]?.bucket : undefined) ?? "default";
  return (operation, credential) => {
    if (quota.bucket !== undefined && quota.bucket !== bucketOf(operation)) return unlimited;
    const state = count(credential);
    const nowMs = clock.now();
    const quotas = quotaHeaders(profile, state, { nowMs, windowMs: quota.perMs });
    // A client reads times relative to the `Date` of the response, and the server's is that of another clock.
    const headers = { ...quotas, date: new Date(nowMs).toUTCString() };
    if (state.allowed) return { rejection: undefined, headers };
    const throttled = throttledResponse(profile, state, nowMs);
    const message = `${operation.id}: quota of ${quota.limit} requests in ${quota.perMs} ms is used up: the next request is allowed in ${Math.ceil(state.resetMs)} ms`;
    const rejection = respondWithError({
      operation,
      status: throttled.status,
      problem: { code: "rate_limited", message },
      headers: { ...headers, ...throttled.headers },
      members: throttled.body === undefined ? [] : [throttled.body],
    });
    return { rejection, headers };
  };
}
