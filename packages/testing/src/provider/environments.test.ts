import { allStrategies, createConnector, type PathIndex, type ProviderProfile } from "@connectry/core";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { noFacts } from "../../test/contract-providers.js";
import { mswFake } from "../msw/index.js";
import { fakeHandler } from "./fake-handler.js";

/** Acme with a sandbox on another host and below another path, as Adyen's live system is, and a region whose host has a prefix. */
const profile: ProviderProfile = {
  ...acmeProfile,
  variables: { prefix: { pattern: "[a-z]+" } },
  environments: {
    live: {},
    sandbox: { baseUrl: "https://sandbox.acme.test/sandbox/v2" },
    region: { baseUrl: "https://{prefix}-region.acme.test/regional/v2" },
  },
};
const auth = "acme_canary_0123456789";
const create = (options: object) =>
  createConnector<PathIndex>(
    { profile, facts: noFacts, strategies: allStrategies(profile) },
    { auth, rateLimit: false, ...options },
  );
const environments = [{}, { environment: "sandbox" }, { environment: "region", prefix: "eu" }];

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

test.each(environments)("a fake responds to a client of each environment, by its paths: %j", async (options) => {
  const fake = fakeHandler({ document: acmeDocument, profile });
  const fetch = (input: string, init?: RequestInit) => fake.handle(new Request(input, init));
  const { response } = await create({ ...options, fetch }).request("GET", "/widgets");
  expect(response.status).toBe(200);
  expect(fake.requests).toMatchObject([{ operation: "GET /widgets" }]);
});

test("the fake of MSW responds on the hosts of all environments, but those that come with an account", async () => {
  const fake = mswFake({ document: acmeDocument, profile, baseUrls: ["https://eu-region.acme.test"] });
  server.use(...fake.handlers);
  for (const options of environments) await create({ ...options, fetch }).request("GET", "/widgets");
  expect(fake.requests.map(({ operation, status }) => [operation, status])).toEqual(
    environments.map(() => ["GET /widgets", 200]),
  );
});
