import { describe, test } from "vitest";
import { creator, providers } from "../../test/contract-providers.js";
import { serveByHandler } from "../../test/serve-by-handler.js";
import { connectorContract } from "./connector-contract.js";

// What holds over sockets holds without them.
for (const [name, provider] of Object.entries(providers)) {
  describe(`a connector of ${name} whose fetch is a fake handler passes the contract`, () => {
    const options = { ...provider, create: creator(provider), serve: serveByHandler };
    for (const check of connectorContract(provider.profile, options)) test(check.name, check.run);
  });
}
