import { ApiError } from "./api-error.js";

/** 5xx: the provider failed; `outcome` says whether a write may have been applied. */
export class InternalServerError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "InternalServerError";
  declare readonly name: "InternalServerError";
}
