import { AuthenticationError, InternalServerError, RateLimitError } from "../../errors/api-errors.js";
import { type CallError, NetworkError } from "../../errors/call-errors.js";
import type { OauthError } from "../../errors/oauth-errors.js";
import type { Policy } from "../../pipeline/policy.js";

/** `rejected`: what the client asks for, such as an account of its own, does not exist, or is not the client's. */
const rejectedCodes = ["invalid_client", "unauthorized_client", "access_denied", "rejected"];

/** Whether the provider knows the client no more, or never did: another credential may help. */
export function isClientRejected({ code, status }: OauthError): boolean {
  return status === 401 || rejectedCodes.includes(code);
}

/** The error of a call whose token could not be had: it was not sent. */
function toCallError(operation: string, error: OauthError, advice: string): CallError {
  const { code, status, retryAfterMs } = error;
  const message = `no token: ${error.message}${advice}`;
  if (status === undefined || status < 400) {
    // It was asked for several times already, where that can help.
    return new NetworkError(message, { operation, cause: error, code, maybeSent: false, isRejected: true });
  }
  const byStatus = status >= 500 ? InternalServerError : AuthenticationError;
  const ErrorClass = status === 429 ? RateLimitError : byStatus;
  return new ErrorClass(message, {
    operation,
    cause: error,
    status,
    code,
    requestId: undefined,
    body: undefined,
    headers: new Headers(),
    retryAfterMs,
    maybeSent: false,
    outcome: "not-applied",
  });
}

/**
 * Makes an error of the call of each failure in `failures`, which says what to do about it: AuthenticationError where the token request was
 * rejected, RateLimitError and InternalServerError by its status, and NetworkError where there was no usable response.
 */
export function tokenFailures(failures: WeakMap<OauthError, string>): Policy {
  return {
    name: "tokenExchange",
    async send(call, next) {
      try {
        return await next(call);
      } catch (error) {
        const advice = failures.get(error as OauthError);
        throw advice === undefined ? error : toCallError(call.operation.id, error as OauthError, advice);
      }
    },
  };
}
