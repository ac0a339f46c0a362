import { CallError } from "./call-error.js";

/** The provider redirected a request to where it must not follow: a write to another origin, or https to http. */
export class UnsafeRedirectError extends CallError {
  static override readonly kind: string = "UnsafeRedirectError";
  declare readonly name: "UnsafeRedirectError";
}
