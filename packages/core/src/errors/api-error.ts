import { CallError, type CallErrorInit } from "./call-error.js";

/** The names of the classes that stand for an answer. */
export type ApiErrorName =
  | "ApiError"
  | "BadRequestError"
  | "AuthenticationError"
  | "PermissionDeniedError"
  | "NotFoundError"
  | "ConflictError"
  | "UnprocessableEntityError"
  | "RateLimitError"
  | "InternalServerError";

/** What an answer that is an error says. */
export interface ApiErrorInit<Body> extends CallErrorInit {
  readonly status: number;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly body: Body;
  readonly headers: Headers;
  readonly retryAfterMs: number | undefined;
  readonly outcome: "not-applied" | "unknown";
}

/** The provider answered, and the answer is an error. Subclasses follow the status. */
export class ApiError<Body = unknown> extends CallError<ApiErrorInit<Body>> {
  static override readonly kind: string = "ApiError";
  declare readonly name: ApiErrorName;
  declare readonly status: number;
  /** The provider's own code, such as `card_declined`. */
  declare readonly code: string | undefined;
  /** What to name when asking the provider's support. */
  declare readonly requestId: string | undefined;
  /** The parsed JSON of the answer, its text where it is not JSON, or undefined where it was empty. */
  declare readonly body: Body;
  /** The answer's headers. They are not shown when the error is printed: a session may stand in them. */
  declare readonly headers: Headers;
  /** How long the provider asked to wait. */
  declare readonly retryAfterMs: number | undefined;
  /** `unknown` where a write got a 5xx: it may have been applied. */
  declare readonly outcome: "not-applied" | "unknown";

  constructor(message: string, init: ApiErrorInit<Body>) {
    super(message, init);
    Object.defineProperty(this, "headers", { enumerable: false });
  }
}
