import type { DocumentOperation } from "../document/operation.js";
import type { Route } from "../document/router.js";
import type { EncodedResponse } from "../http/encode-response.js";
import type { RequestRecord } from "../http/recorded-request.js";
import type { ErrorResponder } from "./error-response.js";

/** Creates the responses to requests that lead to no operation: a 405 with the methods of the path, or a 404 with the nearest path. */
export function createRouteRejection(respondWithError: ErrorResponder, anyOperation: DocumentOperation | undefined) {
  return (request: RequestRecord, route: Exclude<Route, { kind: "operation" }>): EncodedResponse => {
    if (route.kind === "other-method") {
      const allowed = route.allowed.join(", ");
      const message = `the document does not have ${request.method} ${route.path}: this path has ${allowed}`;
      const problem = { code: "method_not_allowed", message };
      return respondWithError({ operation: anyOperation, status: 405, problem, headers: { allow: allowed } });
    }
    const hint = route.nearest === undefined ? "" : `: did you mean ${route.nearest}?`;
    const message = `the document has no path that matches ${request.path.slice(0, 200)}${hint}`;
    return respondWithError({ operation: anyOperation, status: 404, problem: { code: "path_unknown", message } });
  };
}
