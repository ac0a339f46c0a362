import type { ScriptedResponse } from "../http/encode-response.js";
import type { RecordedRequest } from "../http/recorded-request.js";

/**
 * A handler for the MSW that is installed. It has no type of its own: those of MSW 2 and 3, and of their ES modules and CommonJS, are not
 * assignable to each other.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type MswHandler = any;

type OperationAt<Paths, Method extends string, Path extends keyof Paths> =
  Lowercase<Method> extends keyof Paths[Path] ? NonNullable<Paths[Path][Lowercase<Method>]> : never;

type PathWith<Paths, Method extends string> = {
  [Path in keyof Paths]: [OperationAt<Paths, Method, Path>] extends [never] ? never : Path;
}[keyof Paths] &
  string;

type ResponsesOf<Operation> = Operation extends { readonly responses: infer Responses } ? Responses : never;

/** The documented statuses; any status where the document has a `default`. */
type StatusOf<Responses> = (keyof Responses & number) | ("default" extends keyof Responses ? number : never);

type BodyOf<Response> = Response extends { readonly content: infer Content } ? Content[keyof Content] : undefined;

type BodyAt<Responses, Status> = Status extends keyof Responses
  ? BodyOf<Responses[Status]>
  : "default" extends keyof Responses
    ? BodyOf<Responses["default"]>
    : never;

/** Makes a response of an operation: a documented status, and the body that the document has for it. */
export type TypedReply<Responses> = <Status extends StatusOf<Responses>>(
  status: Status,
  ...response: BodyAt<Responses, Status> extends undefined
    ? [body?: undefined, headers?: Readonly<Record<string, string>>]
    : [body: BodyAt<Responses, Status>, headers?: Readonly<Record<string, string>>]
) => ScriptedResponse;

/** What an override knows of a request. */
export interface TypedRequest<Responses> {
  /** The request, with its query and body in the types of the document. */
  readonly request: RecordedRequest;
  readonly reply: TypedReply<Responses>;
}

type TypedRespond<Responses> = (
  request: TypedRequest<Responses>,
) => ScriptedResponse | undefined | Promise<ScriptedResponse | undefined>;

/**
 * Makes a handler for `server.use(...)` that responds to one operation in place of the fake provider. The request is checked and
 * recorded as always; where the function returns undefined, the fake responds. `once`: only to the first request.
 */
export type TypedOverride<Paths> = <
  Method extends "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS",
  Path extends PathWith<Paths, Method>,
>(
  method: Method,
  path: Path,
  ...how: [respond: TypedRespond<ResponsesOf<OperationAt<Paths, Method, Path>>>, options?: { readonly once?: boolean }]
) => MswHandler;
