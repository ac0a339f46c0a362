import { ApiError } from "./api-error.js";

/** 403: the credential is known, and may not do this. */
export class PermissionDeniedError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "PermissionDeniedError";
  declare readonly name: "PermissionDeniedError";
}
