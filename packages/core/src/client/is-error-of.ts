import type { CallFailure } from "../errors/api-errors.js";
import { CallError } from "../errors/call-errors.js";
import { type AnyConnector, internalsOf } from "./internals.js";
import type { Connector, Method, PathIndex } from "./typed-client.js";
import type { Field } from "./typed-path.js";

/**
 * Whether a thrown value is the failure of a call of this operation, which is given by its constant, or by its method and path. Then
 * it has the types of the operation's errors, as the `error` of `.safe` has: `NotFoundError` has the body of its 404.
 */
export function isErrorOf<E extends PathIndex, M extends Method, P extends keyof E[M]>(
  connector: Connector<E>,
  operation: { readonly method: M; readonly path: P },
  error: unknown,
): error is CallFailure<Field<E[M][P], "error">> {
  const { operationOf } = internalsOf(connector as AnyConnector);
  return CallError.isInstance(error) && error.operation === operationOf(operation.method, operation.path as string).id;
}
