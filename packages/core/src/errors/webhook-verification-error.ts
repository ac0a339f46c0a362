import { ConnectryError } from "./connectry-error.js";

/** Why a delivery was not accepted. */
export type WebhookRefusal =
  /** A header that carries the signature or the time is not there. */
  | "header-missing"
  /** A header or the body does not have the form that the scheme writes. */
  | "malformed"
  /** Signed longer ago than the tolerance: late, or a replay. */
  | "too-old"
  /** Signed in the future by more than the tolerance: one of the two clocks is wrong. */
  | "clock-ahead"
  /** No secret of ours made this signature, or the bytes were changed on the way. */
  | "wrong-secret"
  /** The bytes that were signed are gone: a framework parsed the body, or something read it. */
  | "body-parsed"
  /** The body is larger than `maxBodyBytes`; nothing was computed over it. */
  | "too-large";

/** What is known of a delivery that was not accepted. */
export interface WebhookVerificationErrorInit {
  readonly reason: WebhookRefusal;
  /** The scheme's id, such as `stripe`. */
  readonly scheme: string;
}

/** A delivery was not accepted. `reason` says which check it failed, the message what to do about it. */
export class WebhookVerificationError extends ConnectryError {
  static override readonly kind: string = "WebhookVerificationError";
  declare readonly name: "WebhookVerificationError";
  /** Which check failed. */
  readonly reason: WebhookRefusal;
  /** The scheme's id, such as `stripe`. */
  readonly scheme: string;

  constructor(message: string, { reason, scheme }: WebhookVerificationErrorInit) {
    super(message);
    this.reason = reason;
    this.scheme = scheme;
  }
}
