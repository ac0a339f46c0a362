import { createHash } from "node:crypto";
import type { ProviderProfile } from "@connectry/core";
import type { EncodedResponse } from "../http/encode-response.js";
import type { RecordedRequest } from "../http/recorded-request.js";
import type { Problem } from "../request/problem.js";

/** The state of the idempotency key of a request. */
export type IdempotencyState =
  /** The request has no key, or a method without keys. */
  | { readonly kind: "no-key" }
  | { readonly kind: "first"; store(response: EncodedResponse): void }
  | { readonly kind: "replayed"; readonly response: EncodedResponse }
  | { readonly kind: "rejected"; readonly problem: Problem };

function fingerprintOf(request: RecordedRequest): string {
  return createHash("sha256")
    .update(`${request.method} ${request.path} ${JSON.stringify(request.query)}\n`)
    .update(request.bytes)
    .digest("base64");
}

/** The idempotency key of a request: in the header or in the field that the profile names. */
export function idempotencyKeyOf(
  { headers, body }: Pick<RecordedRequest, "headers" | "body">,
  { header, field }: NonNullable<ProviderProfile["idempotency"]>,
): string | undefined {
  if (field === undefined) return headers[header.toLowerCase()];
  const value = typeof body === "object" && body ? (body as Record<string, unknown>)[field] : undefined;
  return value === undefined || value === null ? undefined : `${value}`;
}

/**
 * Stores the responses to requests with a key, so that a request with the same key gets the same response without a second effect. Of
 * methods that the profile does not name, only for operations that declare the key.
 */
export function createIdempotency(
  options: ProviderProfile["idempotency"],
): (request: RecordedRequest, isDeclared?: boolean) => IdempotencyState {
  const stored = new Map<string, { readonly fingerprint: string; readonly response: EncodedResponse }>();
  return (request, isDeclared = false) => {
    const key = options === undefined ? undefined : idempotencyKeyOf(request, options);
    const takesKey = isDeclared || options?.field !== undefined || options?.methods.includes(request.method);
    if (options === undefined || key === undefined || !takesKey) return { kind: "no-key" };
    const reject = (code: string, message: string): IdempotencyState => ({
      kind: "rejected",
      problem: { code, message },
    });
    const { maxLength } = options;
    const place = options.field ? `field ${options.field}` : `header ${options.header}`;
    if (key === "") return reject("idempotency_key_invalid", `${place} must not be empty`);
    if (maxLength !== undefined && key.length > maxLength) {
      return reject("idempotency_key_invalid", `${place} must have at most ${maxLength} characters, got ${key.length}`);
    }
    const fingerprint = fingerprintOf(request);
    const before = stored.get(key);
    if (before === undefined)
      return { kind: "first", store: (response) => void stored.set(key, { fingerprint, response }) };
    if (before.fingerprint !== fingerprint) {
      return reject("idempotency_key_reused", `${place} was sent before with another request: send a new key`);
    }
    const { response } = before;
    const headers = { ...response.headers, "idempotent-replayed": "true" };
    return { kind: "replayed", response: { ...response, headers } };
  };
}
