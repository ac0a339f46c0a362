import {
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type PathIndex,
  type ProviderFacts,
  type ProviderProfile,
} from "@connectry/core";
import { describe, expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../fixtures/acme.js";
import { relayDocument, relayProfile } from "../fixtures/relay.js";
import { connectorContract } from "./connector-contract.js";
import type { ContractConnector, Create } from "./contract-options.js";

const none: ProviderFacts = { version: "2024-04-10", operations: {}, pages: {} };
const acmeFacts: ProviderFacts = {
  ...none,
  operations: {
    "GET /widgets": { query: { range: "brackets", tags: "comma" } },
    "PUT /widgets/{id}/manual": { body: "multipart" },
    "GET /files/{path}": { multiSegment: ["path"] },
  },
};
const relayFacts: ProviderFacts = { ...none, pages: { "/accounts/{Account}/Messages.json": { style: 1 } } };
const acme: ProviderProfile = {
  ...acmeProfile,
  versionHeader: "x-acme-version",
  retry: {
    verdictHeader: "x-acme-retry",
    rules: [
      { when: { status: 409 }, verdict: "transient" },
      { when: { status: 420, headers: { "retry-after": true } }, verdict: "throttled" },
      { when: { status: 400, body: { at: ["code"], oneOf: ["TOKEN_OLD"] } }, verdict: "reauthenticate" },
      {
        when: { status: 503, body: { at: ["reason"], contains: "moving" } },
        verdict: "transient",
        waitMs: 5_000,
        notApplied: true,
      },
      { when: { status: 500, body: { at: ["code"], equals: "BROKEN" } }, verdict: "failed" },
      { when: { status: 404, headers: { "x-acme-none": "1" } }, verdict: "success" },
    ],
  },
};

const providers = {
  acme: { profile: acme, facts: acmeFacts, documents: [acmeDocument] },
  relay: { profile: relayProfile, facts: relayFacts, documents: [relayDocument] },
};
type Provider = (typeof providers)[keyof typeof providers];

/** A connector made from other facts than those of the contract, or tampered with. */
function creator(
  { profile, facts }: Provider,
  wrong: Partial<ProviderProfile> = {},
  tamper = (one: ContractConnector) => one,
  own = facts,
): Create {
  return (options: ConnectorOptions) =>
    tamper(
      createConnector<PathIndex>(
        { ...profile, ...wrong },
        own,
        allStrategies({ ...profile, ...wrong }),
        options,
      ) as unknown as ContractConnector,
    );
}

for (const [name, provider] of Object.entries(providers)) {
  describe(`a sound connector of ${name} keeps every promise`, () => {
    for (const check of connectorContract(provider.profile, { ...provider, create: creator(provider) }))
      test(check.name, check.run);
  });
}

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

const plain: ProviderProfile = {
  id: "plain",
  name: "Plain",
  baseUrl: "https://plain.test",
  auth: { kind: "bearer", env: "PLAIN_TOKEN" },
  body: "json",
  errors: { message: ["message"] },
};
const answer = (type: string, schema: object) => ({
  responses: { 200: { description: "", content: { [type]: { schema } } } },
});
const object = { type: "object", properties: { name: { type: "string" } } };
const requestBody = { required: true, content: { "application/json": { schema: object } } };
const unusual: Readonly<Record<string, object>> = {
  "nothing but writes": { "/run": { post: { requestBody, ...answer("application/json", object) } } },
  "writes that are told apart by a header": Object.fromEntries(
    ["One", "Two"].map((target) => {
      const parameter = { name: "X-Target", in: "header", required: true, schema: { type: "string", enum: [target] } };
      return [`/#${target}`, { post: { parameters: [parameter], requestBody, ...answer("application/json", object) } }];
    }),
  ),
  "a fragment that tells two operations apart": {
    "/tags": { get: answer("application/json", object) },
    "/tags#keys": {
      delete: {
        parameters: [{ name: "keys", in: "query", required: true, schema: { type: "string" } }],
        responses: { 204: { description: "" } },
      },
    },
  },
  "a query in a path": {
    "/templates": { get: answer("application/json", object) },
    "/templates?full=true": {
      get: {
        parameters: [{ name: "at", in: "query", schema: { type: "string" } }],
        ...answer("application/json", object),
      },
    },
  },
  "answers in XML": { "/report": { get: answer("text/xml", object), head: answer("text/xml", object) } },
  "lists alone": { "/names": { get: answer("application/json", { type: "array", items: { type: "string" } }) } },
  "an API that lets everybody in": { "/names": { get: { security: [], ...answer("application/json", object) } } },
};

for (const [title, paths] of Object.entries(unusual)) {
  describe(`a connector of a document with ${title} keeps every promise`, () => {
    const create = ((options: ConnectorOptions) =>
      createConnector<PathIndex>(plain, none, allStrategies(plain), options)) as unknown as Create;
    const options = { facts: none, create, documents: [{ openapi: "3.0.3", paths }] };
    for (const check of connectorContract(plain, options)) test(check.name, check.run);
  });
}

test("documents in which nothing can be called are an error at once", () => {
  const options = { facts: none, create: creator(providers.acme), documents: [{ openapi: "3.1.0", paths: {} }] };
  expect(() => connectorContract(acme, options)).toThrow("Acme: the documents have no operation that could be called.");
});
