import type { Attributes } from "@opentelemetry/api";
import type { AttemptRecord, CallRecord, CallStart } from "../pipeline/call-record.js";

/** Leaves out what is not known. */
export function known(attributes: Readonly<Record<string, string | number | undefined>>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)) as Attributes;
}

/** The name under which a failure is counted: the class of the error. */
export function errorType({ outcome, failure }: CallRecord): string | undefined {
  return outcome === "failure" ? failure?.name : undefined;
}

/** What is known of a call when it begins. Names with a prefix of ours have no counterpart in the semantic conventions. */
export function startAttributes({ provider, operation, serverAddress, serverPort }: CallStart): Attributes {
  return known({
    "connectry.provider": provider,
    "connectry.operation": operation,
    "server.address": serverAddress,
    "server.port": serverPort,
  });
}

/** What is known of a call at its end. */
export function endAttributes(call: CallRecord): Attributes {
  const { outcome, failure, status, requestId, cache, attempts, quotas } = call;
  return known({
    "connectry.outcome": outcome,
    "error.type": errorType(call),
    "connectry.error.code": failure?.code,
    "http.response.status_code": status,
    "connectry.request_id": requestId,
    "connectry.cache.outcome": cache,
    "connectry.attempts": attempts.length,
    "connectry.queue.duration": (call.queueMs + call.permitMs) / 1_000,
    "connectry.backoff.duration": call.backoffMs / 1_000,
    "connectry.quota.remaining": quotas.length > 0 ? Math.min(...quotas.map(({ remaining }) => remaining)) : undefined,
  });
}

/**
 * The attributes of one request, by the semantic conventions for HTTP clients. Without `url.full`: an address contains parameters,
 * which records do not have. https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function attemptAttributes({ number, status, verdict, requestId }: AttemptRecord): Attributes {
  return known({
    "http.request.resend_count": number > 1 ? number - 1 : undefined,
    "http.response.status_code": status,
    // The conventions want the status of an error, or what prevented a response.
    "error.type": status === undefined ? "_OTHER" : status >= 400 ? `${status}` : undefined,
    "connectry.verdict": verdict,
    "connectry.request_id": requestId,
  });
}
