import { ApiError } from "./api-error.js";

/** 422: the request is well-formed, and its values are not accepted. */
export class UnprocessableEntityError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "UnprocessableEntityError";
  declare readonly name: "UnprocessableEntityError";
}
