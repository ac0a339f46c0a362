import type { ProviderProfile } from "@connectry/core";
import { type DocumentOperation, readOperations } from "../document/operation.js";
import { type DocumentSource, readDocument } from "../document/read-document.js";
import { createRouter } from "../document/route.js";
import { deliver, strikesFirst } from "../faults/deliver.js";
import type { ScriptedFault } from "../faults/fault.js";
import { takeFault } from "../faults/take-fault.js";
import { parsePairs } from "../request/parse-form.js";
import { createAnswer } from "../server/answer.js";
import { startLoopbackServer } from "../server/loopback-server.js";
import { type RecordedRequest, recordRequest, splitTarget } from "../server/recorded-request.js";
import { deliverWebhook } from "../webhooks/deliver-webhook.js";
import type { FakeDelivery } from "../webhooks/fake-delivery.js";
import type { FakeProviderOptions } from "./fake-provider-options.js";
import { createProvider } from "./provider.js";

/** A provider's API on this machine. */
export interface FakeProvider {
  /** The client's `baseUrl`: `http://127.0.0.1:49152`, with the base path of the profile where it has one. */
  readonly url: string;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Faults to come: push them, and the next requests that they are for meet them. */
  readonly faults: ScriptedFault[];
  /**
   * Sets the items of the list at a path (as sent, or the document's template); what an item leaves out is sampled.
   * Throws an Error where no list is at that path, or an item breaks its schema.
   */
  seed(path: string, items: readonly object[]): void;
  /**
   * Delivers an event to a webhook endpoint, signed in the provider's scheme: over the network to an address, or to a
   * handler. Resolves to the endpoint's answer.
   */
  deliver(delivery: FakeDelivery): Promise<Response>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const nothing = createAnswer({ status: 200 });

function basePathOf(profile: ProviderProfile): string {
  return new URL(profile.baseUrl).pathname.replace(/\/+$/, "");
}

/**
 * Starts a server that behaves as the provider's document and profile say: it answers every operation with a valid
 * sample or with what was created before, refuses what breaks the document with an error in the provider's shape that
 * says why, demands the credential, pages its lists, replays idempotency keys, enforces a quota, and meets faults on a
 * script.
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
  const route = createRouter(operations, [basePathOf(profile)], multiSegment);
  const provider = createProvider(options, operations, route);
  const requests: RecordedRequest[] = [];
  const faults: ScriptedFault[] = [];
  const { auth } = profile;
  const secrets = {
    headers: auth.kind === "header" ? [auth.name] : [],
    query: auth.kind === "query" ? [auth.name] : [],
  };

  const server = await startLoopbackServer(async (incoming, response, bytes) => {
    const request = recordRequest(incoming, bytes, secrets);
    requests.push(request);
    const { query } = splitTarget(incoming.url ?? "/");
    const found = route(request.method, request.path, { query: parsePairs(query), headers: request.headers });
    if (found.kind === "operation") {
      request.operation = found.operation.id;
      request.operationId = found.operation.operationId;
    }
    const fault = takeFault(faults, request);
    if (fault !== undefined && strikesFirst(fault)) {
      const named =
        fault.kind === "answer" ? { ...fault, headers: { ...provider.requestHeaders(), ...fault.headers } } : fault;
      request.status = await deliver(response, nothing, named);
      return;
    }
    const answer = await provider.answer(request, found, query);
    request.status = await deliver(response, answer, fault);
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
