import { ApiError } from "./api-error.js";

/** 409: the object is in another state, or another request holds it. */
export class ConflictError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "ConflictError";
  declare readonly name: "ConflictError";
}
