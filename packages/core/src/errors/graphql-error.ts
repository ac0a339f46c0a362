import { CallError, type CallErrorInit } from "./call-errors.js";

/** One error of a GraphQL response: https://spec.graphql.org/October2021/#sec-Errors */
export interface GraphqlErrorItem {
  /** The provider's text. */
  readonly message: string;
  /** Where in the document it occurred. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  /** The field of the response that it is about. */
  readonly path?: readonly (string | number)[];
  /** Further information of the provider; its code is often here. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** GitHub's code, such as `NOT_FOUND`. */
  readonly type?: string;
}

/** What a GraphQL response with errors says. */
export interface GraphqlErrorInit<Data> extends CallErrorInit {
  readonly errors: readonly GraphqlErrorItem[];
  readonly data: Data | null | undefined;
  /** What the response reports beside data and errors. @default none */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
  readonly requestId: string | undefined;
}

/**
 * The response to a GraphQL operation contains errors. The provider's texts and data are available to your code but are
 * not printed: a provider may repeat what it was sent, the credential too, and a response with status 200 is not redacted.
 */
export class GraphqlError<Data = unknown> extends CallError<GraphqlErrorInit<Data>> {
  static override readonly kind: string = "GraphqlError";
  declare readonly name: "GraphqlError";
  /** What went wrong, at least one item. Not shown when the error is printed. */
  declare readonly errors: readonly GraphqlErrorItem[];
  /**
   * The data of the response, with null where the errors occurred; undefined where nothing was executed. Not shown when
   * the error is printed.
   */
  declare readonly data: Data | null | undefined;
  /** What the response reports beside them, such as the cost of the query. Not shown when the error is printed. */
  declare readonly extensions?: Readonly<Record<string, unknown>> | undefined;
  /** The id to quote when you ask the provider's support. */
  declare readonly requestId: string | undefined;

  constructor(message: string, init: GraphqlErrorInit<Data>) {
    super(message, init);
    for (const key of ["errors", "data", "extensions"]) Object.defineProperty(this, key, { enumerable: false });
  }

  /** Node prints `errors` of any error, enumerable or not. */
  [Symbol.for("nodejs.util.inspect.custom")](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `${this.stack} ${inspect({ ...this }, options)}`;
  }
}
