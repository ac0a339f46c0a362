import type { Route } from "../document/router.js";
import type { EncodedResponse } from "../http/encode-response.js";
import type { Pairs } from "../http/parse-form.js";
import type { RequestRecord } from "../http/recorded-request.js";

/** The route of a request to an operation. */
export type OperationRoute = Extract<Route, { kind: "operation" }>;

/** A request that was routed to an operation. */
export interface RoutedRequest {
  readonly route: OperationRoute;
  readonly request: RequestRecord;
  readonly override: ProviderRequest["override"];
  readonly origin: string;
  readonly query: {
    /** As sent, without `?`. */
    readonly text: string;
    readonly pairs: Pairs;
  };
}

/** A request, and where it leads. */
export interface ProviderRequest {
  readonly request: RequestRecord;
  readonly route: Route;
  /** The text after the `?`. */
  readonly query: string;
  /** The origin of the server, for URLs in responses. */
  readonly origin: string;
  /** The response of a test's own to a valid request; undefined where it has none. */
  readonly override: () => Promise<EncodedResponse | undefined>;
}
