import { credentialNames } from "@connectry/core/internal";
import type { DocumentOperation } from "../document/operation.js";
import type { Router } from "../document/router.js";
import type { EncodedResponse } from "../http/encode-response.js";
import { type Pairs, parsePairs } from "../http/parse-form.js";
import { type RequestRecord, recordBody, recordQuery } from "../http/recorded-request.js";
import { createObjectStore } from "../objects/object-store.js";
import { createCredentialCheck, sentCredential } from "../request/check-credential.js";
import type { Problem } from "../request/problem.js";
import { createSchemaTools } from "../schema/schema-tools.js";
import { type ChosenResponse, chooseResponse, type MakeChosenResponse } from "./chosen-response.js";
import { createErrorResponder } from "./error-response.js";
import type { FakeProviderOptions } from "./fake-provider-options.js";
import { createGraphqlResponses, type GraphqlResponses } from "./graphql-responses.js";
import { createIdempotency } from "./idempotency.js";
import { createKnownIds } from "./known-ids.js";
import { createListFilters } from "./list-filters.js";
import { createListResponder } from "./list-response.js";
import { createOperationResponder, downloadPath, downloadResponse } from "./operation-response.js";
import { createPageShapes } from "./page-shape.js";
import type { OperationRoute, ProviderRequest, RoutedRequest } from "./provider-request.js";
import { createQuotaEnforcer } from "./quota-enforcer.js";
import type { OnChange } from "./report-change.js";
import { createRequestCheck } from "./request-check.js";
import { createRequestIds } from "./request-ids.js";
import { createResources, parentKey } from "./resources.js";
import { createRouteRejection } from "./route-rejection.js";
import { createSeeds } from "./seeds.js";
import { createTokenEndpoint, type TokenEndpoint } from "./token-endpoint.js";

/** The logic of a fake provider, without sockets and faults. */
export interface Provider {
  respond(request: ProviderRequest): Promise<EncodedResponse>;
  seed(path: string, items: readonly object[]): void;
  /** Prepares a documented response of an operation. */
  choose(operation: DocumentOperation, chosen: ChosenResponse): MakeChosenResponse;
  readonly graphql: GraphqlResponses;
  /** Where clients exchange their credential for tokens, where the profile has such. */
  readonly tokens: TokenEndpoint | undefined;
  /** The headers with a new request id. */
  requestIdHeaders(): Readonly<Record<string, string>>;
}

/** What a provider is made from beside its options. */
export interface ProviderParts {
  readonly operations: readonly DocumentOperation[];
  readonly router: Router;
  readonly onChange?: OnChange | undefined;
}

/** One problem for several of a request: the code of the first, and the messages of all. */
function combine(operation: DocumentOperation, problems: readonly Problem[]): Problem {
  return {
    code: problems[0]?.code ?? "request_invalid",
    message: `${operation.id}: ${problems.map(({ message }) => message).join("; ")}`,
  };
}

const systemTime = { now: () => Date.now() };

/** Creates the logic of a fake provider: credential, quota, checks, idempotency key and response of each request. */
export function createProvider(
  options: FakeProviderOptions,
  { operations, router, onChange }: ProviderParts,
): Provider {
  const { profile, facts, credential, quota, clock = systemTime, pageSize = 10, listLength = 25 } = options;
  const acceptsUnknownIds = options.unknownIds === "sample";
  const tools = createSchemaTools();
  const store = createObjectStore();
  const resources = createResources(operations);
  const shapes = createPageShapes(profile, facts, tools);
  const filters = createListFilters(tools);
  const seeds = createSeeds({ store, resources, shapes, filters, tools, route: router, listLength });
  const knownIds = createKnownIds({ store, resources, shapes, seeds, tools });
  const requestIds = createRequestIds(profile);
  const respondWithError = createErrorResponder(profile, tools, requestIds);
  const checkIdempotency = createIdempotency(profile.idempotency);
  const tokens = createTokenEndpoint(profile, credential);
  const checkCredential = createCredentialCheck(profile.auth, credential, tokens?.isAccepted);
  const checkQuota = createQuotaEnforcer(quota, { profile, facts, clock, respondWithError });
  // A link to the next page may have a parameter that is not in the document.
  const checkRequest = createRequestCheck(profile, facts, (operation) => {
    const shape = shapes.page(operation);
    return shape?.pagination.kind === "link-header" || shape?.pagination.kind === "next-url" ? [shape.position] : [];
  });
  const respondToOperation = createOperationResponder({
    profile,
    store,
    resources,
    shapes,
    filters,
    seeds,
    tools,
    listLength,
    acceptsUnknownIds,
    onChange,
    hasMorePaths: (profile.pagination ?? []).flatMap((style) =>
      style.kind === "cursor" && style.more ? [style.more] : [],
    ),
  });
  const respondWithPage = createListResponder({ profile, seeds, filters, tools, pageSize, respondWithError });
  const graphql = createGraphqlResponses(profile);
  // Errors of requests without an operation have the format of the first operation's errors.
  const anyOperation = operations[0];
  const rejectRoute = createRouteRejection(respondWithError, anyOperation);
  const secretQuery = credentialNames(profile.auth, "query");
  const secretFields = credentialNames(profile.auth, "body");

  /** Whether the object of a request, or an object above it, was deleted. A request that creates it again is accepted. */
  const isDeleted = ({ operation, path }: OperationRoute): boolean => {
    const key = resources.key(operation, path);
    const { method } = operation;
    const creates = method === "PUT" || (method === "POST" && resources.of(operation).parameter === undefined);
    return store.isDeleted(creates ? parentKey(key) : key);
  };

  const respondToValid = (routed: RoutedRequest): EncodedResponse => {
    const { route, request } = routed;
    const { operation, params, path } = route;
    const notFound = (reason: string) => {
      const message = `${operation.id}: ${reason}`;
      return respondWithError({ operation, status: 404, problem: { code: "not_found", message } });
    };
    if (isDeleted(route)) return notFound(`${path.slice(0, 200)} was deleted`);
    const unknown = acceptsUnknownIds ? undefined : knownIds.unknownIn(operation, path);
    if (unknown !== undefined) {
      const hint = 'create it, `seed` its list, or set `unknownIds: "sample"`';
      return notFound(`${unknown.slice(0, 200)} does not exist: ${hint}`);
    }
    const shape = shapes.page(operation);
    const { query, body } = request;
    const response =
      shape === undefined
        ? respondToOperation({ operation, path, params, query, body, origin: routed.origin })
        : respondWithPage(routed, shape);
    if (!acceptsUnknownIds) knownIds.remember(response);
    return response;
  };

  const respondChecked = async (routed: RoutedRequest): Promise<EncodedResponse> => {
    const { route, request, query } = routed;
    const { operation, sent } = route;
    const checked = await checkRequest({ operation, sent, request, query: query.pairs });
    request.query = recordQuery(checked.query, secretQuery);
    request.body = recordBody(checked.body, secretFields);
    const reject = (problems: readonly Problem[]) =>
      respondWithError({ operation, status: 400, problem: combine(operation, problems) });
    if (checked.problems.length > 0) return reject(checked.problems);
    const idempotency = checkIdempotency(request, facts?.operations[operation.id]?.safety === "idempotent-with-key");
    if (idempotency.kind === "replayed") return idempotency.response;
    if (idempotency.kind === "rejected") return reject([idempotency.problem]);
    const response = (await routed.override()) ?? respondToValid(routed);
    if (idempotency.kind === "first") idempotency.store(response);
    return response;
  };

  const respondToGraphql = async (request: RequestRecord, query: Pairs): Promise<EncodedResponse> => {
    const problem = checkCredential({ headers: request.headers, query, body: request.body });
    if (problem !== undefined) return respondWithError({ operation: anyOperation, status: 401, problem });
    return await graphql.respond(request);
  };

  const respond = async ({ request, route, query: text, ...context }: ProviderRequest): Promise<EncodedResponse> => {
    if (tokens?.accepts(request)) return tokens.respond(request);
    // Of an API of GraphQL alone, the endpoint is an operation, too.
    if (graphql.accepts(request)) return await respondToGraphql(request, parsePairs(text));
    if (route.kind !== "operation") {
      const isDownload = request.path === downloadPath && request.method === "GET";
      return isDownload ? downloadResponse() : rejectRoute(request, route);
    }
    const { operation } = route;
    const query = { text, pairs: parsePairs(text) };
    const carrier = { headers: request.headers, query: query.pairs, body: request.body };
    // Where it takes another credential than the profile's, its caller sends that.
    if (operation.secured && facts?.operations[operation.id]?.auth !== false) {
      const problem = checkCredential(carrier);
      if (problem !== undefined)
        return respondWithError({ operation, status: 401, problem: combine(operation, [problem]) });
    }
    const { rejection, headers } = checkQuota(operation, sentCredential(profile.auth, carrier) ?? "");
    if (rejection !== undefined) return rejection;
    const response = await respondChecked({ route, request, query, ...context });
    return { ...response, headers: { ...response.headers, ...headers } };
  };

  return {
    graphql,
    tokens,
    choose: (operation, chosen) => chooseResponse(operation, chosen, { resources, respondWithError }),
    seed: (path, items) => {
      seeds.seed(path, items);
      knownIds.forget();
    },
    requestIdHeaders: requestIds.headers,
    respond: async (received) => {
      const { request } = received;
      try {
        const response = await respond(received);
        return { ...response, headers: { ...response.headers, ...requestIds.headers() } };
      } catch (error) {
        // The document is invalid: a reference has no target, or a schema has no valid value.
        const reason = error instanceof Error ? error.message : String(error);
        const message = `${request.operation ?? request.path}: the fake provider cannot respond: ${reason}`;
        const problem = { code: "document_invalid", message };
        return respondWithError({ operation: undefined, status: 501, problem, headers: requestIds.headers() });
      }
    },
  };
}
