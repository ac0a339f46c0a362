import { describe, test } from "vitest";
import { creator, providers } from "../../test/contract-providers.js";
import { serveByMsw } from "../../test/serve-by-msw.js";
import { connectorContract } from "../contract/connector-contract.js";

// What holds over sockets holds behind MSW.
for (const [name, provider] of Object.entries(providers)) {
  describe(`a connector of ${name} as it is installed passes the contract behind MSW`, () => {
    const options = { ...provider, create: creator(provider), serve: serveByMsw };
    for (const check of connectorContract(provider.profile, options)) test(check.name, check.run);
  });
}
