const kinds = Symbol.for("connectry.error.kinds");

// The instance is read from the constructor and not from `prototype`, where each type parameter is `any`: `body` would be, too.
type ErrorClass<T> = (abstract new (...args: never[]) => T) & { readonly kind: string };

/** The root of every error of this package. `isInstance` also recognizes errors of another copy of this package. */
export class ConnectryError extends Error {
  /** The name of the class, which no minifier changes. */
  static readonly kind: string = "ConnectryError";

  static {
    // On the prototype, because the engine reads it there when it writes the first line of the stack.
    Object.defineProperty(ConnectryError.prototype, "name", {
      get(this: ConnectryError) {
        return (this.constructor as typeof ConnectryError).kind;
      },
    });
  }

  /** Whether a thrown value is an error of this class, whichever copy of the package created it. */
  static isInstance<T extends ConnectryError>(this: ErrorClass<T>, value: unknown): value is T {
    // biome-ignore lint/complexity/noThisInStatic: each class compares its own kind
    return !!(value as ConnectryError | undefined)?.[kinds]?.includes(this.kind);
  }

  get [kinds](): readonly string[] {
    const found: string[] = [];
    for (let c = this.constructor as typeof ConnectryError; c.kind; c = Object.getPrototypeOf(c)) found.push(c.kind);
    return found;
  }
}

/** A mistake in options or parameters, found before anything was sent. */
export class ConfigurationError extends ConnectryError {
  static override readonly kind: string = "ConfigurationError";
  declare readonly name: "ConfigurationError";
}

/** Why a delivery was rejected. */
export type WebhookRejectionReason =
  /** A header that carries the signature or the timestamp is missing. */
  | "header-missing"
  /** A header or the body does not have the format that the scheme describes. */
  | "malformed"
  /** The signed time is further in the past than the tolerance: the delivery is late or replayed. */
  | "too-old"
  /** The signed time is further in the future than the tolerance: the provider's clock or ours is wrong. */
  | "clock-ahead"
  /** The signature does not match any of the secrets, or the signed bytes were changed on the way. */
  | "wrong-secret"
  /** The signed bytes are not available any more: a framework parsed the body, or other code read it. */
  | "body-parsed"
  /** The provider does not have the key that the delivery names, or the key has expired. */
  | "unknown-key"
  /** The key that the delivery names could not be fetched. An authentic delivery has to come again. */
  | "key-unavailable"
  /** The object that an unsigned notification names could not be fetched from the provider. It has to come again. */
  | "object-unavailable"
  /** The body is larger than `maxBodyBytes`. No hash was computed over it. */
  | "too-large";

/** The fields of a `WebhookVerificationError`. */
export interface WebhookVerificationErrorInit {
  readonly reason: WebhookRejectionReason;
  /** The id of the scheme, such as `stripe`. */
  readonly scheme: string;
  /** Why a key or an object could not be fetched. */
  readonly cause?: unknown;
}

/** A delivery was rejected. `reason` says which check failed, and the message what to do about it. */
export class WebhookVerificationError extends ConnectryError {
  static override readonly kind: string = "WebhookVerificationError";
  declare readonly name: "WebhookVerificationError";
  /** The check that failed. */
  readonly reason: WebhookRejectionReason;
  /** The id of the scheme, such as `stripe`. */
  readonly scheme: string;

  constructor(message: string, { reason, scheme, ...options }: WebhookVerificationErrorInit) {
    super(message, options);
    this.reason = reason;
    this.scheme = scheme;
  }
}
