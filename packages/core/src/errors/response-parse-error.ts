import { CallError } from "./call-error.js";

/** The provider said success, and its body is not what it announced (truncated or malformed JSON, a page without items). */
export class ResponseParseError extends CallError {
  static override readonly kind: string = "ResponseParseError";
  declare readonly name: "ResponseParseError";
}
