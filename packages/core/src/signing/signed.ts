import { type HeaderChanges, mergeHeaders } from "../client/merge-headers.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Call, CallHeaders } from "../pipeline/call.js";
import type { Policy } from "../pipeline/policy.js";
import type { Bytes } from "../platform/bytes.js";
import { type Clock, systemClock } from "../platform/clock.js";
import { providerClock } from "./provider-clock.js";

/** A request as it will be sent, for a signature over it. */
export interface SignableRequest {
  readonly method: string;
  /** Its address, query included. */
  readonly url: string;
  /** Its headers by name in lower case, the credential's included; the transport adds `host`, `accept-encoding` and `content-length`. */
  readonly headers: CallHeaders;
  /** Its body: undefined where it has none, or where `unsignedBody` leaves it out. */
  readonly body: string | Bytes | undefined;
  /** The provider's time, in milliseconds since the epoch: this machine's, until a response's `Date` has another one. */
  readonly nowMs: number;
  /** 1 on the first attempt. */
  readonly attempt: number;
}

/** Signs a request: returns the headers that it adds. */
export type SignRequest = (request: SignableRequest, signal: AbortSignal) => HeaderChanges | Promise<HeaderChanges>;

/** The options of `signed`. */
export interface SigningOptions {
  /** Whether the signature leaves the body out, so that a file, a form or a stream can be sent, too. @default false */
  readonly unsignedBody?: boolean | undefined;
  /**
   * By how much this machine's clock may differ from the provider's. Where a request is rejected with 401 or 403, and the `Date` of the
   * response differs more, it is signed with the provider's time and sent once more. @default 5,000
   */
  readonly maxSkewMs?: number | undefined;
  /** For tests. */
  readonly clock?: Clock | undefined;
}

/** The bytes that are signed. Throws ConfigurationError for those that are only known once they were sent. */
function signableBody({ operation, body }: Call): string | Bytes | undefined {
  if (!body || body.kind === "replayable") return body?.data;
  const message = "a body that is a stream, a file or a form cannot be signed: pass its bytes, or `unsignedBody`.";
  throw new ConfigurationError(`${operation.id}: ${message}`);
}

/**
 * Signs each attempt anew: a policy for `policies: { perAttempt: [signed(...)] }`, which sees the request with its credential. A signature
 * is for one address: a redirect is an UnsafeRedirectError, unless the caller gets it as a response.
 *
 * A call throws ConfigurationError for a body that cannot be signed, or a header that cannot be sent; and what the function throws.
 */
export function signed(sign: SignRequest, options: SigningOptions = {}): Policy {
  const { unsignedBody = false, maxSkewMs = 5_000, clock = systemClock } = options;
  const provider = providerClock(clock, maxSkewMs);
  return {
    name: "signed",
    async send(call, next) {
      const { operation, url, headers, attempt, settings, signal } = call;
      const body = unsignedBody ? undefined : signableBody(call);
      const redirect = settings.redirect === "manual" ? ("manual" as const) : ("error" as const);
      const sendOnce = async () => {
        const request = { method: operation.method, url, headers, body, nowMs: provider.now(), attempt };
        const own = mergeHeaders(headers, await sign(request, signal));
        return next({ ...call, headers: own, settings: { ...settings, redirect } });
      };
      const reply = await sendOnce();
      const wasSkewed = provider.learn(reply.headers);
      const canRepeat = call.body?.kind !== "one-shot" && (reply.status === 401 || reply.status === 403);
      return wasSkewed && canRepeat ? sendOnce() : reply;
    },
  };
}
