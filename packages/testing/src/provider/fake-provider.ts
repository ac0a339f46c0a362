import type { ProviderProfile } from "@connectry/core";
import { type DocumentOperation, readOperations } from "../document/operation.js";
import { type DocumentSource, readDocument } from "../document/read-document.js";
import { createRouter } from "../document/router.js";
import type { ScriptedFault } from "../faults/fault.js";
import { preventsProcessing, sendResponse } from "../faults/send-response.js";
import { takeFault } from "../faults/take-fault.js";
import { encodeResponse } from "../http/encode-response.js";
import { startLoopbackServer } from "../http/loopback-server.js";
import { parsePairs } from "../http/parse-form.js";
import { type RecordedRequest, recordRequest, splitTarget } from "../http/recorded-request.js";
import { type DeliverWebhookOptions, deliverWebhook } from "../webhooks/deliver-webhook.js";
import type { FakeProviderOptions } from "./fake-provider-options.js";
import { createProvider } from "./provider.js";

/** A server on this machine that responds as a provider's API. */
export interface FakeProvider {
  /** The `baseUrl` for the client: `http://127.0.0.1:49152`, with the base path of the profile. */
  readonly url: string;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The faults that have not happened yet: each applies to the next requests that match it. Push more at any time. */
  readonly faults: ScriptedFault[];
  /**
   * Replaces the items of the list at a path (as sent, or a path template of the document). Members that an item does not
   * have are sampled. Throws an Error for a path without a list, and for an item that is invalid in its schema.
   */
  seed(path: string, items: readonly object[]): void;
  /**
   * Delivers an event to a webhook endpoint, signed in the provider's scheme: over the network to a URL, or to a handler.
   * Resolves to the response of the endpoint.
   */
  deliver(delivery: DeliverWebhookOptions): Promise<Response>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const emptyResponse = encodeResponse({ status: 200 });

function basePathOf(profile: ProviderProfile): string {
  return new URL(profile.baseUrl).pathname.replace(/\/+$/, "");
}

/**
 * Starts a server that behaves as the provider's document and profile describe. It checks the credential and the request,
 * and rejects what the document does not allow with an error in the provider's format that names the reason. It responds
 * with created or seeded objects, else with valid samples, returns lists in pages, replays requests with the same
 * idempotency key, enforces a quota, and injects scripted faults.
 */
export async function fakeProvider(options: FakeProviderOptions): Promise<FakeProvider> {
  const { document, profile, facts } = options;
  const sources = Array.isArray(document) ? (document as readonly DocumentSource[]) : [document as DocumentSource];
  const operations = sources.flatMap((source) => readOperations(readDocument(source)));
  const multiSegment = (operation: DocumentOperation) => [
    ...operation
      .parameters()
      .filter((parameter) => parameter.multiSegment)
      .map(({ name }) => name),
    ...(facts?.operations[operation.id]?.multiSegment ?? facts?.multiSegment ?? []),
  ];
  const router = createRouter(operations, { basePaths: [basePathOf(profile)], multiSegment });
  const provider = createProvider(options, operations, router);
  const requests: RecordedRequest[] = [];
  const faults: ScriptedFault[] = [];
  const { auth } = profile;
  const secrets = {
    headers: auth.kind === "header" ? [auth.name] : [],
    query: auth.kind === "query" ? [auth.name] : [],
  };

  const server = await startLoopbackServer(async (incoming, outgoing, bytes) => {
    const request = recordRequest(incoming, bytes, secrets);
    requests.push(request);
    const { query } = splitTarget(incoming.url ?? "/");
    const route = router(request.method, request.path, { query: parsePairs(query), headers: request.headers });
    if (route.kind === "operation") {
      request.operation = route.operation.id;
      request.operationId = route.operation.operationId;
    }
    const fault = takeFault(faults, request);
    if (fault !== undefined && preventsProcessing(fault)) {
      const withRequestId =
        fault.kind === "response" ? { ...fault, headers: { ...provider.requestIdHeaders(), ...fault.headers } } : fault;
      request.status = await sendResponse(outgoing, emptyResponse, withRequestId);
      return;
    }
    const response = await provider.respond(request, route, query);
    request.status = await sendResponse(outgoing, response, fault);
  });
  return {
    url: `${server.url}${basePathOf(profile)}`,
    requests,
    faults,
    seed: provider.seed,
    deliver: deliverWebhook,
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}
