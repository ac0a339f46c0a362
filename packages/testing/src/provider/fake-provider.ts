import { sendResponse } from "../faults/send-response.js";
import { startLoopbackServer } from "../http/loopback-server.js";
import { createFake, type Fake } from "./fake.js";
import type { FakeServerOptions } from "./fake-provider-options.js";
import { requestedFault, respondToControl } from "./server-control.js";

/** A server on this machine that responds as a provider's API. */
export interface FakeProvider extends Fake {
  /** The `baseUrl` for the client: `http://127.0.0.1:49152`, with the base path of the profile. */
  readonly url: string;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a server that behaves as the provider's document and profile describe. It checks the credential and the request,
 * and rejects what the document does not allow with an error in the provider's format that names the reason. It responds
 * with created or seeded objects, else with valid samples, returns lists in pages, replays requests with the same
 * idempotency key, enforces a quota, and injects scripted faults.
 */
export async function fakeProvider(options: FakeServerOptions): Promise<FakeProvider> {
  const { control, onRequest, onDelivery } = options;
  const core = createFake(options, { isPosted: control, onDelivery });
  const { basePath, receive, routeOf, postEvent, end, ...fake } = core;
  const server = await startLoopbackServer(async (received, outgoing) => {
    const controlled = control ? await respondToControl(core, received) : undefined;
    if (controlled !== undefined) return void (await sendResponse(outgoing, controlled));
    const startedAtMs = performance.now();
    const own = control ? { fault: requestedFault(received) } : undefined;
    const { record, response, fault } = await receive(received, own);
    record.status = await sendResponse(outgoing, response, fault);
    onRequest?.(record, performance.now() - startedAtMs);
  }, options);
  const close = async () => {
    await server.close();
    end();
  };
  return {
    ...fake,
    url: `${server.url}${basePath}`,
    close,
    [Symbol.asyncDispose]: close,
  };
}
