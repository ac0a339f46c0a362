import type { ApiError } from "./api-error.js";
import type { CircuitOpenError } from "./circuit-open-error.js";
import type { NetworkError } from "./network-error.js";
import type { OutcomeUnknownError } from "./outcome-unknown-error.js";
import type { QueueFullError } from "./queue-full-error.js";
import type { QuotaExceededError } from "./quota-exceeded-error.js";
import type { ResponseParseError } from "./response-parse-error.js";
import type { ResponseTooLargeError } from "./response-too-large-error.js";
import type { TimeoutError } from "./timeout-error.js";
import type { UnsafeRedirectError } from "./unsafe-redirect-error.js";

/** Everything that a call can fail with, told apart by `name` or by `isInstance` of its class. */
export type CallFailure<ErrorBody = unknown> =
  | ApiError<ErrorBody>
  | NetworkError
  | TimeoutError
  | OutcomeUnknownError
  | CircuitOpenError
  | QueueFullError
  | QuotaExceededError
  | ResponseParseError
  | ResponseTooLargeError
  | UnsafeRedirectError;
