/** The init of a Request, with a body of any kind: what is sent is decided by the connector. */
type CallRequestInit = Omit<RequestInit, "body"> & { readonly body?: unknown };

/**
 * The Request that openapi-fetch creates for a call. It keeps the body as it was passed, because the connector encodes it, and the
 * signal, because a Request would follow it with a listener of its own.
 */
export class CallRequest extends Request {
  readonly callBody: unknown;
  readonly callSignal: AbortSignal | undefined;

  constructor(input: string, { body, signal, ...init }: CallRequestInit = {}) {
    super(input, init as RequestInit);
    this.callBody = body;
    this.callSignal = signal ?? undefined;
  }

  /** A middleware may replace the request by one of the platform. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Request;
  }
}
