const brand: unique symbol = Symbol.for("connectry.not-sent");

/** Thrown by a transport that knows that nothing of the request was sent. Its `cause` is what the platform threw. */
export class NotSentError extends Error {
  readonly [brand] = true;

  constructor(cause: unknown) {
    super("the request was not sent", { cause });
  }
}

/** Whether a transport threw a NotSentError: that of another entry, whose file has a copy of the class, too. */
export function isNotSent(error: unknown): error is NotSentError {
  return (error as Partial<NotSentError> | undefined)?.[brand] === true;
}
