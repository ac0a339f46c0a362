import { ApiError } from "./api-error.js";

/** 429: more requests than the provider allows; `retryAfterMs` where it said how long to wait. */
export class RateLimitError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "RateLimitError";
  declare readonly name: "RateLimitError";
}
