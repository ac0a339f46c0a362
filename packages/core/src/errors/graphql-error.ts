import { CallError, type CallErrorInit } from "./call-error.js";

/** One error of a GraphQL answer: https://spec.graphql.org/October2021/#sec-Errors */
export interface GraphqlErrorItem {
  /** The provider's own words. */
  readonly message: string;
  /** Where in the document it arose. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  /** The field of the answer that it is about. */
  readonly path?: readonly (string | number)[];
  /** Whatever else the provider says; its code is often here. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** GitHub's code, such as `NOT_FOUND`. */
  readonly type?: string;
}

/** What a GraphQL answer with errors says. */
export interface GraphqlErrorInit<Data> extends CallErrorInit {
  readonly errors: readonly GraphqlErrorItem[];
  readonly data: Data | null | undefined;
  readonly requestId: string | undefined;
}

/**
 * The provider answered a GraphQL operation, and the answer holds errors. Its words and its data are there for your code
 * and are not printed: it may repeat what it was sent, the credential too, and nothing hides that in an answer of status 200.
 */
export class GraphqlError<Data = unknown> extends CallError<GraphqlErrorInit<Data>> {
  static override readonly kind: string = "GraphqlError";
  declare readonly name: "GraphqlError";
  /** What went wrong, at least one. Not shown when the error is printed. */
  declare readonly errors: readonly GraphqlErrorItem[];
  /**
   * What was answered beside the errors, with null where they arose; undefined where nothing was executed. Not shown when
   * the error is printed.
   */
  declare readonly data: Data | null | undefined;
  /** What to name when asking the provider's support. */
  declare readonly requestId: string | undefined;

  constructor(message: string, init: GraphqlErrorInit<Data>) {
    super(message, init);
    for (const key of ["errors", "data"]) Object.defineProperty(this, key, { enumerable: false });
  }

  /** Node would print `errors` of any error, enumerable or not. */
  [Symbol.for("nodejs.util.inspect.custom")](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `${this.stack} ${inspect({ ...this }, options)}`;
  }
}
