import { ApiError } from "./api-error.js";

/** 404: there is no such object, or the credential may not see it. */
export class NotFoundError<Body = unknown> extends ApiError<Body> {
  static override readonly kind: string = "NotFoundError";
  declare readonly name: "NotFoundError";
}
