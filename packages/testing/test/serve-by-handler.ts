import type { ContractServer } from "../src/contract/contract-options.js";
import { gunzip } from "../src/http/gunzip.js";
import { fakeHandler } from "../src/provider/fake-handler.js";
import type { FakeProviderOptions } from "../src/provider/fake-provider-options.js";

// On a port that no server can have: what reached the network would fail.
const origin = "http://127.0.0.1:2";

/** A fake provider that connectors reach by their option `fetch`. What is sent to another origin goes there. */
export async function serveByHandler(options: FakeProviderOptions): Promise<ContractServer> {
  const handler = fakeHandler(options);
  const reach = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== origin) return fetch(request);
    return gunzip(await handler.handle(request));
  };
  return {
    ...handler,
    url: origin + new URL(options.profile.baseUrl).pathname.replace(/\/$/, ""),
    connectorOptions: { fetch: reach as typeof fetch },
    [Symbol.asyncDispose]: async () => {},
  };
}
