import { CallError } from "./call-error.js";

/** The decoded body passed `maxResponseBytes`; reading stopped there. */
export class ResponseTooLargeError extends CallError {
  static override readonly kind: string = "ResponseTooLargeError";
  declare readonly name: "ResponseTooLargeError";
}
