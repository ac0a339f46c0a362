const kinds = Symbol.for("connectry.error.kinds");

interface ErrorClass<T> {
  readonly kind: string;
  readonly prototype: T;
}

/** The root of every error of ours. `isInstance` also knows errors of another copy of this package. */
export class ConnectryError extends Error {
  /** The class's name, unharmed by minifiers. */
  static readonly kind: string = "ConnectryError";

  static {
    // On the prototype, where the engine finds it when it writes the first line of the stack.
    Object.defineProperty(ConnectryError.prototype, "name", {
      get(this: ConnectryError) {
        return (this.constructor as typeof ConnectryError).kind;
      },
    });
  }

  /** Whether a thrown value is an error of this class, whichever copy of the package made it. */
  static isInstance<T extends ConnectryError>(this: ErrorClass<T>, value: unknown): value is T {
    // biome-ignore lint/complexity/noThisInStatic: each class asks for its own kind
    return !!(value as ConnectryError | undefined)?.[kinds]?.includes(this.kind);
  }

  get [kinds](): readonly string[] {
    const found: string[] = [];
    for (let c = this.constructor as typeof ConnectryError; c.kind; c = Object.getPrototypeOf(c)) found.push(c.kind);
    return found;
  }
}
