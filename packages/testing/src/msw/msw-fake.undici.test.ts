import { allStrategies, createConnector, type PathIndex } from "@connectry/core";
import { undiciTransport } from "@connectry/core/undici";
import { setupServer } from "msw/node";
import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { noFacts } from "../../test/contract-providers.js";
import { mswFake } from "./index.js";

test("MSW does not see undiciTransport: the client is refused with the reason, as long as MSW is listening", async () => {
  const fake = mswFake({ document: acmeDocument, profile: acmeProfile, baseUrls: ["http://127.0.0.1:2"] });
  const server = setupServer(...fake.handlers);
  server.listen();
  const acme = createConnector<PathIndex>(
    { profile: acmeProfile, facts: noFacts, strategies: allStrategies(acmeProfile) },
    { auth: "acme_canary_0123456789", baseUrl: "http://127.0.0.1:2", transport: undiciTransport(), maxAttempts: 1 },
  );
  await expect(acme.request("GET", "/widgets")).rejects.toThrow(
    /^undiciTransport: MSW does not see its requests: leave the option `transport` out/,
  );
  server.close();
  await expect(acme.request("GET", "/widgets")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
