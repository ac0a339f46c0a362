import type { ProviderProfile } from "@connectry/core";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import type { RecordedRequest } from "../http/recorded-request.js";
import { isObject } from "../json/json-object.js";

/** An error of GraphQL: https://spec.graphql.org/October2021/#sec-Errors.Error-Result-Format */
export interface FakeGraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
  /** A name of the provider's own: `RATE_LIMITED` of GitHub. */
  readonly type?: string | undefined;
}

/** What a GraphQL operation results in. Errors come with status 200, as those of GraphQL do. */
export interface FakeGraphqlResponse<Data> {
  readonly data?: Data | null | undefined;
  readonly errors?: readonly FakeGraphqlError[] | undefined;
}

/** The name of an operation, or a document that carries its types, as gql.tada and GraphQL Code Generator create it. */
export type FakeGraphqlOperation<Data, Variables> = string | { readonly __apiType?: (variables: Variables) => Data };

/** A response, or a function of the variables. */
export type RespondToGraphql<Data, Variables> =
  | FakeGraphqlResponse<Data>
  | ((
      variables: Variables,
      request: RecordedRequest,
    ) => FakeGraphqlResponse<Data> | Promise<FakeGraphqlResponse<Data>>);

/** The GraphQL endpoint of a fake provider. */
export interface GraphqlResponses {
  set<Data, Variables>(
    operation: FakeGraphqlOperation<Data, Variables>,
    respond: RespondToGraphql<Data, Variables>,
  ): void;
  /** Whether a request is for the endpoint, and a test has set a response of it. */
  accepts(request: Pick<RecordedRequest, "method" | "path">): boolean;
  respond(request: RecordedRequest): Promise<EncodedResponse>;
}

/** The names of the operations in the text of a document. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/(?:^|[}\s])(?:query|mutation|subscription)\s+([A-Za-z_]\w*)/g)].map(
    ([, name]) => name ?? "",
  );
}

function nameOf(operation: unknown): string {
  const text = typeof operation === "string" || operation instanceof String ? String(operation) : undefined;
  if (text !== undefined && /^\s*[A-Za-z_]\w*\s*$/.test(text)) return text.trim();
  const definitions = isObject(operation) && Array.isArray(operation.definitions) ? operation.definitions : [];
  const parsed = definitions.find((one) => isObject(one) && one.kind === "OperationDefinition")?.name?.value;
  const name: unknown = text === undefined ? parsed : namesIn(text)[0];
  if (typeof name === "string") return name;
  throw new Error("graphql: pass the name of an operation, or a document whose operation has a name");
}

/** Creates the endpoint: `POST` to a path that ends as that of the profile. */
export function createGraphqlResponses({ graphql }: Pick<ProviderProfile, "graphql">): GraphqlResponses {
  const endpoint = graphql?.path ?? "/graphql";
  const responses = new Map<string, RespondToGraphql<unknown, never>>();
  return {
    set: (operation, respond) => void responses.set(nameOf(operation), respond as RespondToGraphql<unknown, never>),
    accepts: ({ method, path }) => responses.size > 0 && method === "POST" && path.endsWith(endpoint),
    respond: async (request) => {
      const { query, operationName, variables = {} } = isObject(request.body) ? request.body : {};
      if (typeof query !== "string") {
        const message = "the body must be JSON with a `query`";
        return encodeResponse({ status: 400, body: { errors: [{ message }] } });
      }
      const name = typeof operationName === "string" ? operationName : namesIn(query)[0];
      const respond = name === undefined ? undefined : responses.get(name);
      if (respond === undefined) {
        const message = `no response is set for the operation ${name ?? "without a name"}, but for ${[...responses.keys()].join(", ")}`;
        return encodeResponse({ body: { data: null, errors: [{ message }] } });
      }
      const body = typeof respond === "function" ? await respond(variables as never, request) : respond;
      return encodeResponse({ body });
    },
  };
}
