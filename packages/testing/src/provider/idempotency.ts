import { createHash } from "node:crypto";
import type { ProviderProfile } from "@connectry/core";
import type { Problem } from "../request/problem.js";
import type { Answer } from "../server/answer.js";
import type { RecordedRequest } from "../server/recorded-request.js";

/** What is known of a request's idempotency key. */
export type KeyedRequest =
  /** Without a key, or of a method that takes none. */
  | { readonly kind: "unkeyed" }
  | { readonly kind: "first"; remember(answer: Answer): void }
  | { readonly kind: "replayed"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly problem: Problem };

function fingerprint(request: RecordedRequest): string {
  return createHash("sha256")
    .update(`${request.method} ${request.path} ${JSON.stringify(request.query)}\n`)
    .update(request.bytes)
    .digest("base64");
}

/** Remembers the answers to requests that carried a key, so that a second one is answered without a second effect. */
export function createIdempotency(options: ProviderProfile["idempotency"]): (request: RecordedRequest) => KeyedRequest {
  const answers = new Map<string, { readonly print: string; readonly answer: Answer }>();
  return (request) => {
    const key = options === undefined ? undefined : request.headers[options.header.toLowerCase()];
    if (options === undefined || key === undefined || !options.methods.includes(request.method))
      return { kind: "unkeyed" };
    const refused = (code: string, message: string): KeyedRequest => ({ kind: "refused", problem: { code, message } });
    if (key === "") return refused("idempotency_key_invalid", `the header ${options.header} is empty`);
    if (options.maxLength !== undefined && key.length > options.maxLength) {
      return refused(
        "idempotency_key_invalid",
        `the header ${options.header} has ${key.length} characters; ${options.maxLength} are allowed`,
      );
    }
    const print = fingerprint(request);
    const before = answers.get(key);
    if (before === undefined) return { kind: "first", remember: (answer) => void answers.set(key, { print, answer }) };
    if (before.print !== print) {
      return refused(
        "idempotency_key_reused",
        `the ${options.header} of this request was used before with another request; use a new key`,
      );
    }
    const { answer } = before;
    return { kind: "replayed", answer: { ...answer, headers: { ...answer.headers, "idempotent-replayed": "true" } } };
  };
}
