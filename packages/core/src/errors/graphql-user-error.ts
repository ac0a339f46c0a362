import { CallError, type CallErrorInit } from "./call-errors.js";

/** What a provider reports of a mutation that it rejected, such as Shopify's `UserError`, as far as the document selects it. */
export interface GraphqlUserErrorItem {
  readonly message?: string;
  /** The path to the input that it is about. */
  readonly field?: readonly string[] | null;
  readonly code?: string | null;
}

/** What the result of a mutation with user errors says. */
export interface GraphqlUserErrorInit<Data, UserError> extends CallErrorInit {
  readonly userErrors: readonly UserError[];
  readonly data: Data;
  readonly requestId: string | undefined;
}

/**
 * The result of a mutation reports what the provider rejected, such as invalid input. The texts and data are available to your code
 * but are not printed: they may repeat what was sent.
 */
export class GraphqlUserError<Data = unknown, UserError = GraphqlUserErrorItem> extends CallError<
  GraphqlUserErrorInit<Data, UserError>
> {
  static override readonly kind: string = "GraphqlUserError";
  declare readonly name: "GraphqlUserError";
  /** At least one item. Not shown when the error is printed. */
  declare readonly userErrors: readonly UserError[];
  /** The data of the response: what of it is not null was applied. Not shown when the error is printed. */
  declare readonly data: Data;
  /** The id to quote when you ask the provider's support. */
  declare readonly requestId: string | undefined;

  constructor(message: string, init: GraphqlUserErrorInit<Data, UserError>) {
    super(message, init);
    for (const key of ["userErrors", "data"]) Object.defineProperty(this, key, { enumerable: false });
  }
}
