import { allStrategies, createConnector, type Transport } from "../src/index.js";

type Client = { POST(path: string, init: object): Promise<unknown> };

/** A client of Acme, with or without idempotency keys. */
export function acmeFor(baseUrl: string, transport: Transport, hasKeys: boolean): Client {
  const profile = {
    id: "acme",
    name: "Acme",
    baseUrl: "https://api.acme.test",
    auth: { kind: "bearer", env: "ACME" },
    body: "json",
    errors: { message: ["message"] },
    ...(hasKeys && { idempotency: { header: "idempotency-key", methods: ["POST"] } }),
  } as const;
  const facts = { version: "1", operations: {}, pages: {} };
  const options = { auth: "sk_test_1234567890", baseUrl, transport };
  return createConnector({ profile, facts, strategies: allStrategies(profile) }, options) as unknown as Client;
}
