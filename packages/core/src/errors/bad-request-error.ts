import { ApiError } from "./api-error.js";

/** 400: the request breaks the provider's rules. */
export class BadRequestError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "BadRequestError";
  declare readonly name: "BadRequestError";
}
