import { describe, expect, test } from "vitest";
import { acmeProfile } from "../fixtures/acme.js";
import { acme, creator, type Provider, providers } from "../fixtures/contract-providers.js";
import { relayProfile } from "../fixtures/relay.js";
import { connectorContract } from "./connector-contract.js";
import type { ContractConnector, Create } from "./contract-options.js";

const { retry, errors } = acme;
const without = (index: number) => ({ retry: { ...retry, rules: retry?.rules?.toSpliced(index, 1) ?? [] } });
const calling =
  (change: (call: ContractConnector["call"]) => ContractConnector["call"]) =>
  (one: ContractConnector): ContractConnector => ({ ...one, call: change(one.call) });

const faults: readonly (readonly [title: string, provider: Provider, create: Create, check: RegExp])[] = [
  [
    "sends its credential elsewhere",
    providers.acme,
    creator(providers.acme, { auth: { kind: "header", name: "x-key", env: "ACME_KEY" } }),
    /^sends the credential/,
  ],
  [
    "reads another environment variable",
    providers.acme,
    creator(providers.acme, { auth: { kind: "header", name: "X-Acme-Key", env: "OTHER" } }),
    /^without a credential/,
  ],
  [
    "sends no version",
    providers.acme,
    creator(providers.acme, { versionHeader: "x-version" }),
    /^sends x-acme-version/,
  ],
  [
    "looks for messages elsewhere",
    providers.acme,
    creator(providers.acme, { errors: { ...errors, message: ["message"] } }),
    /^(an error says|every error that the documents|what the provider refuses)/,
  ],
  [
    "looks for codes elsewhere",
    providers.acme,
    creator(providers.acme, { errors: { ...errors, code: ["error"] } }),
    /^an error says/,
  ],
  [
    "looks for request ids elsewhere",
    providers.acme,
    creator(providers.acme, { errors: { ...errors, requestId: ["id"] } }),
    /^an error says/,
  ],
  [
    "takes all codes for the same",
    providers.relay,
    creator(providers.relay, { errors: { ...relayProfile.errors, statuses: {} } }),
    /codes within a 200/,
  ],
  [
    "does not see failures within a 200",
    providers.relay,
    creator(providers.relay, { retry: {} }),
    /^(a refused credential is|what the provider refuses)/,
  ],
  [
    "takes its key for the provider's",
    providers.acme,
    creator(providers.acme, { idempotency: undefined } as never),
    /^(every write carries|a write that may have been applied|a caller's own)/,
  ],
  [
    "promises keys that are not taken",
    providers.relay,
    creator(providers.relay, { idempotency: { header: "k", methods: ["POST"] } }),
    /^(an idempotency key is refused|a write that may have)/,
  ],
  [
    "takes longer keys than the provider",
    providers.acme,
    creator(providers.acme, { idempotency: { header: "Idempotency-Key", methods: ["POST"] } }),
    /^a caller's own/,
  ],
  [
    "does not know the verdict header",
    providers.acme,
    creator(providers.acme, { retry: { rules: retry?.rules ?? [] } }),
    /^x-acme-retry settles/,
  ],
  ["does not know that a lock passes", providers.acme, creator(providers.acme, without(0)), /^retry rule 1/],
  [
    "does not know a rate limit",
    providers.acme,
    creator(providers.acme, without(1)),
    /^(retry rule 2|a used-up quota)/,
  ],
  ["does not know an old token", providers.acme, creator(providers.acme, without(2)), /^retry rule 3/],
  ["waits too short", providers.acme, creator(providers.acme, without(3)), /^retry rule 4/],
  ["sends again what is broken", providers.acme, creator(providers.acme, without(4)), /^retry rule 5/],
  ["takes an answer for a failure", providers.acme, creator(providers.acme, without(5)), /^retry rule 6/],
  [
    "waits less than Retry-After asks",
    providers.acme,
    creator(
      providers.acme,
      {},
      calling((call) => (operation, init) => call(operation, { ...init, maxAttempts: 1 })),
    ),
    /^(a 429 is waited for|an outage)/,
  ],
  [
    "stops after the first page",
    providers.acme,
    creator(providers.acme, { pagination: [{ ...acmeProfile.pagination?.[0], from: { body: ["next"] } } as never] }),
    /is walked to its end$/,
  ],
  [
    "looks for items elsewhere",
    providers.acme,
    creator(providers.acme, { pagination: [{ ...acmeProfile.pagination?.[0], items: ["data"] } as never] }),
    /is walked to its end$/,
  ],
  [
    "reads past the end",
    providers.relay,
    creator(providers.relay, {
      pagination: [
        { kind: "page-number", items: "by-path", into: { in: "query", name: "page" }, first: 1 },
        relayProfile.pagination?.[1],
      ] as never,
    }),
    /Link header (is walked|ends with)/,
  ],
  [
    "follows any next page",
    providers.relay,
    creator(providers.relay, {}, (one) => ({
      ...one,
      paginate: () => ({ async *[Symbol.asyncIterator]() {}, pages: async function* () {} }),
    })),
    /not followed to another origin$/,
  ],
  [
    "tells the credential in errors",
    providers.acme,
    creator(
      providers.acme,
      {},
      calling(
        (call) => (operation, init) =>
          call(operation, init).catch((error) => {
            error.hint = "canary_4eC39HqL/yjWDarjtT1zdp7dc";
            throw error;
          }),
      ),
    ),
    /^no error shows/,
  ],
  [
    "tells the credential to everyone who looks at it",
    providers.acme,
    (options) => ({ ...creator(providers.acme)(options), key: options.auth }) as never,
    /^neither the connector/,
  ],
  [
    "takes its key along to another origin",
    providers.acme,
    (options) =>
      creator(providers.acme)({ ...options, fetch: (url, init) => fetch(url, { ...init, redirect: "follow" }) }),
    /^a redirect to another origin/,
  ],
  [
    "drops what it does not know",
    providers.acme,
    creator(
      providers.acme,
      {},
      calling((call) => async (operation, init) => {
        const { data, response } = await call(operation, init);
        const { connectry_unknown: _, ...known } = data as Record<string, unknown>;
        return { data: known, response };
      }),
    ),
    /^members and enumerated values/,
  ],
  [
    "takes all answers for JSON",
    providers.acme,
    creator(
      providers.acme,
      {},
      calling((call) => async (operation, init) => {
        const { data, response } = await call(operation, init);
        return { data: data instanceof Uint8Array ? "" : data, response };
      }),
    ),
    /^(an answer of another media type|every operation)/,
  ],
  [
    "sends a body in the wrong form",
    providers.acme,
    creator(providers.acme, { body: "form-repeat" }),
    /^every operation/,
  ],
  [
    "writes a query in the wrong style",
    providers.acme,
    creator(providers.acme, { query: "brackets" }),
    /^every operation/,
  ],
  [
    "loses a member on the way",
    providers.acme,
    creator(
      providers.acme,
      {},
      calling((call) => (operation, init) => {
        const { price: _, ...body } = (init?.body ?? {}) as Record<string, unknown>;
        return call(operation, init?.body instanceof Object && !(init.body instanceof Blob) ? { ...init, body } : init);
      }),
    ),
    /^every operation/,
  ],
];

describe("a connector is found out that", () => {
  test.each(faults)("%s", async (_, provider, create, pattern) => {
    const checks = connectorContract(provider.profile, { ...provider, create }).filter(({ name }) =>
      pattern.test(name),
    );
    expect(checks.length).toBeGreaterThan(0);
    for (const { name, run } of checks) await expect(run(), name).rejects.toThrow();
  });
});
