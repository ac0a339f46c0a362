import type { ProviderProfile } from "@connectry/core";
import { credentialNames } from "@connectry/core/internal";
import { type DocumentOperation, readOperations } from "../document/operation.js";
import { readDocuments } from "../document/read-document.js";
import { createRouter, type Route } from "../document/router.js";
import type { ScriptedFault } from "../faults/fault.js";
import { FaultScript } from "../faults/fault-script.js";
import { preventsProcessing } from "../faults/send-response.js";
import { takeFault } from "../faults/take-fault.js";
import { type EncodedResponse, encodeResponse, type ScriptedResponse } from "../http/encode-response.js";
import { parsePairs } from "../http/parse-form.js";
import {
  type ReceivedRequest,
  type RecordedRequest,
  type RequestRecord,
  recordRequest,
  splitTarget,
} from "../http/recorded-request.js";
import { type DeliverWebhookOptions, deliverWebhook } from "../webhooks/deliver-webhook.js";
import type { FakeDelivery } from "../webhooks/webhook-options.js";
import { createWebhookSender, type WebhookSender, type WebhookSenderContext } from "../webhooks/webhook-sender.js";
import type { ChosenResponse } from "./chosen-response.js";
import type { FakeProviderOptions } from "./fake-provider-options.js";
import type { FakeGraphqlOperation, RespondToGraphql } from "./graphql-responses.js";
import { createProvider } from "./provider.js";

/** Responds in place of the fake provider; undefined leaves the response to it. */
export type Override = (
  request: RecordedRequest,
) => ScriptedResponse | undefined | Promise<ScriptedResponse | undefined>;

/** A fake provider as a test uses it, however requests reach it. */
export interface Fake {
  /** Every request, in the order of arrival, without those of `tokenRequests`. */
  readonly requests: readonly RecordedRequest[];
  /**
   * The requests in which clients exchanged their credential for a token, in the order of arrival: of a profile that says
   * `client-credentials`. Only faults whose `on.path` is the path of the token address apply to them.
   */
  readonly tokenRequests: readonly RecordedRequest[];
  /**
   * The faults that have not happened yet: each applies to the next requests that match it. Push more at any time; `push` throws an
   * Error for a fault whose `on` names an operation or a path that the document does not have.
   */
  readonly faults: ScriptedFault[];
  /**
   * Replaces the items of the list at a path (as sent, or a path template of the document). Members that an item does not
   * have are sampled. Throws an Error for a path without a list, and for an item that is invalid in its schema.
   */
  seed(path: string, items: readonly object[]): void;
  /**
   * Responds to an operation (`GET /v1/balance`, or its operation id) by a function, after the request was checked as always; the
   * last one that was given is asked first. Returns a function that ends it. Throws an Error for an operation that does not exist.
   */
  override(operation: string, respond: Override): () => void;
  /**
   * Responds to an operation with one of its documented responses: a status, a member of a union, some members of the body. The rest is
   * sampled; an error has the provider's format. The request was checked as always. Returns a function that ends it. Throws an Error for
   * what the document does not have.
   */
  respondWith(operation: string, response: ChosenResponse): () => void;
  /**
   * Sets what a GraphQL operation responds with, by its name or its typed document: `{ data }`, `{ errors }` in a 200, or a function of
   * the variables. The endpoint is any path that ends as that of the profile, or with `/graphql`; an operation without a response is an error of GraphQL that says so.
   */
  graphql<Data, Variables = Readonly<Record<string, unknown>>>(
    operation: FakeGraphqlOperation<Data, Variables>,
    respond: RespondToGraphql<Data, Variables>,
  ): void;
  /**
   * Delivers an event to a webhook endpoint, signed in the provider's scheme: over the network to a URL, or to a handler.
   * Resolves to the response of the endpoint.
   */
  deliver(delivery: DeliverWebhookOptions): Promise<Response>;
  /** The attempts to deliver events of the option `webhooks`, in the order in which they ended. */
  readonly deliveries: readonly FakeDelivery[];
  /** Resolves once no delivery of the option `webhooks` is under way, or waits to be repeated. */
  delivered(): Promise<void>;
  /** Forgets requests, faults and overrides, and everything that was seeded, created, changed or deleted. */
  reset(): void;
}

/** A response, and what goes wrong with it. */
export interface Exchange {
  readonly record: RequestRecord;
  readonly response: EncodedResponse;
  readonly fault: ScriptedFault | undefined;
}

/** What a single request brings, before what the test has set. */
export interface OwnResponse {
  /** Is asked for the response before the overrides of the test. */
  readonly override?: Override | undefined;
  /** Happens instead of the next fault of the test. */
  readonly fault?: ScriptedFault | undefined;
}

/** A fake provider without a way for requests to reach it. */
export interface FakeCore extends Fake {
  /** The base path of the profile, and so of its first environment, without a slash at the end. */
  readonly basePath: string;
  /** Where a request leads. */
  routeOf(request: Pick<ReceivedRequest, "method" | "target" | "headers">): Route;
  receive(received: ReceivedRequest, own?: OwnResponse): Promise<Exchange>;
  /** Delivers the event that a request has as its body; undefined where there is no endpoint. */
  readonly postEvent: WebhookSender["post"] | undefined;
  /** Ends the deliveries that are under way. */
  end(): void;
}

const emptyResponse = encodeResponse({ status: 200 });

function basePathOf(baseUrl: string): string {
  // The host may have variables, which come with an account.
  return new URL(baseUrl.replace(/[{}]/g, "_")).pathname.replace(/\/+$/, "");
}

/** The base paths of the environments other than the first. */
function otherBasePaths({ environments = {} }: ProviderProfile): readonly string[] {
  return Object.values(environments).flatMap(({ baseUrl }) => (baseUrl === undefined ? [] : basePathOf(baseUrl)));
}

/** Creates a fake provider from its document and profile. */
export function createFake(
  options: FakeProviderOptions,
  { isPosted, onDelivery }: Pick<WebhookSenderContext, "isPosted" | "onDelivery"> = {},
): FakeCore {
  const { document, profile, facts } = options;
  const documents = readDocuments(document);
  const operations = documents.flatMap((one) => readOperations(one));
  const sender =
    options.webhooks === undefined
      ? undefined
      : createWebhookSender(options.webhooks, { documents, profile, isPosted, onDelivery });
  const multiSegment = (operation: DocumentOperation) => [
    ...operation
      .parameters()
      .filter((parameter) => parameter.multiSegment)
      .map(({ name }) => name),
    ...(facts?.operations[operation.id]?.multiSegment ?? facts?.multiSegment ?? []),
  ];
  const basePath = basePathOf(profile.baseUrl);
  const router = createRouter(operations, { basePaths: [basePath, ...otherBasePaths(profile)], multiSegment });
  const isExchanged = profile.auth.kind === "client-credentials";
  const secrets = {
    headers: credentialNames(profile.auth, "header"),
    query: credentialNames(profile.auth, "query"),
    body: isExchanged ? ["client_secret"] : credentialNames(profile.auth, "body"),
  };
  const create = () => createProvider(options, { operations, router, onChange: sender?.send });
  let provider = create();

  const find = (name: string): DocumentOperation => {
    const found = operations.find(({ id, operationId }) => name === id || name === operationId);
    if (found === undefined) throw new Error(`the document has no operation ${name}`);
    return found;
  };
  const faults = new FaultScript(({ on: { operation, path } = {} }) => {
    if (operation !== undefined) find(operation);
    if (
      path === undefined ||
      provider.tokens?.isPath(path) ||
      path.endsWith("/graphql") ||
      operations.some((one) => one.path === path)
    )
      return;
    const route = router("GET", path, { query: [], headers: {} });
    if (route.kind === "unknown") throw new Error(`the document has no path that matches ${path}`);
  });
  const requests: RecordedRequest[] = [];
  const tokenRequests: RecordedRequest[] = [];
  let overrides: { readonly operation: DocumentOperation; readonly respond: Override }[] = [];

  const routeOf: FakeCore["routeOf"] = ({ method, target, headers }) => {
    const { path, query } = splitTarget(target);
    return router(method, path, { query: parsePairs(query), headers });
  };
  const overridden = async (record: RecordedRequest, first?: Override): Promise<EncodedResponse | undefined> => {
    const own = overrides.filter(({ operation }) => operation.id === record.operation).map(({ respond }) => respond);
    for (const respond of first === undefined ? own : [first, ...own]) {
      const response = await respond(record);
      if (response !== undefined) return encodeResponse(response);
    }
    return undefined;
  };

  const override: Fake["override"] = (name, respond) => {
    const own = { operation: find(name), respond };
    overrides = [own, ...overrides];
    return () => {
      overrides = overrides.filter((one) => one !== own);
    };
  };

  return {
    basePath,
    requests,
    tokenRequests,
    faults,
    seed: (path, items) => provider.seed(path, items),
    override,
    respondWith(name, chosen) {
      const respond = provider.choose(find(name), chosen);
      let left = chosen.times ?? Number.POSITIVE_INFINITY;
      return override(name, ({ method, path, headers }) => {
        const route = left > 0 ? routeOf({ method, target: path, headers }) : undefined;
        left -= 1;
        return route?.kind === "operation" ? respond(route.params) : undefined;
      });
    },
    graphql: (operation, respond) => provider.graphql.set(operation, respond),
    deliver: deliverWebhook,
    deliveries: sender?.deliveries ?? [],
    delivered: async () => await sender?.delivered(),
    reset() {
      sender?.reset();
      requests.length = 0;
      tokenRequests.length = 0;
      faults.length = 0;
      overrides = [];
      provider = create();
    },
    routeOf,
    postEvent: sender?.post,
    end: () => sender?.end(),
    async receive(received, { override, fault: own } = {}) {
      const record = recordRequest(received, secrets);
      const isForToken = provider.tokens?.accepts(record) === true;
      (isForToken ? tokenRequests : requests).push(record);
      const route = routeOf(received);
      if (route.kind === "operation") {
        record.operation = route.operation.id;
        record.operationId = route.operation.operationId;
      }
      const fault = own ?? takeFault(faults, record, ({ on }) => !isForToken || on?.path !== undefined);
      if (fault !== undefined && preventsProcessing(fault)) {
        const headers = fault.kind === "response" && { ...provider.requestIdHeaders(), ...fault.headers };
        return { record, response: emptyResponse, fault: headers ? { ...fault, headers } : fault };
      }
      const { query } = splitTarget(received.target);
      const context = { query, origin: received.origin, override: () => overridden(record, override) };
      const response = await provider.respond({ request: record, route, ...context });
      return { record, response, fault };
    },
  };
}
