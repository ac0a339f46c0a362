import { setupServer } from "msw/node";
import type { ContractServer } from "../src/contract/contract-options.js";
import { mswFake } from "../src/msw/index.js";
import type { FakeProviderOptions } from "../src/provider/fake-provider-options.js";

// On a port that no server can have: what reached the network would fail.
const origin = "http://127.0.0.1:2";

/** A fake provider that connectors reach through MSW, as they are installed. */
export async function serveByMsw(options: FakeProviderOptions): Promise<ContractServer> {
  const fake = mswFake({ ...options, baseUrls: [origin] });
  const server = setupServer(...fake.handlers);
  server.listen({ onUnhandledRequest: "bypass" });
  return {
    ...fake,
    url: origin + new URL(options.profile.baseUrl).pathname.replace(/\/$/, ""),
    [Symbol.asyncDispose]: async () => server.close(),
  };
}
