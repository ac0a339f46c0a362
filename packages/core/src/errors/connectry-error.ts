const kinds = Symbol.for("connectry.error.kinds");

interface ErrorClass<T> {
  readonly kind: string;
  readonly prototype: T;
}

/** The root of every error of ours. `isInstance` also knows errors of another copy of this package. */
export class ConnectryError extends Error {
  /** The class's name, unharmed by minifiers. */
  static readonly kind: string = "ConnectryError";

  /** Whether a thrown value is an error of this class, whichever copy of the package made it. */
  static isInstance<T extends ConnectryError>(this: ErrorClass<T>, value: unknown): value is T {
    if (typeof value !== "object" || value === null) return false;
    const marks = (value as { readonly [kinds]?: unknown })[kinds];
    // biome-ignore lint/complexity/noThisInStatic: each class asks for its own kind
    return Array.isArray(marks) && marks.includes(this.kind);
  }

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    Object.defineProperty(this, "name", { value: new.target.kind, configurable: true });
  }

  get [kinds](): readonly string[] {
    const found: string[] = [];
    for (let c = this.constructor as typeof ConnectryError; c?.kind; c = Object.getPrototypeOf(c)) found.push(c.kind);
    return found;
  }
}
