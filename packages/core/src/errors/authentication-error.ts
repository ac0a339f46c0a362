import { ApiError } from "./api-error.js";

/** 401: the credential is missing, wrong or expired. */
export class AuthenticationError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "AuthenticationError";
  declare readonly name: "AuthenticationError";
}
