/** Thrown by a transport that knows that nothing of the request was sent. Its `cause` is what the platform threw. */
export class NotSentError extends Error {
  constructor(cause: unknown) {
    super("the request was not sent", { cause });
  }
}
