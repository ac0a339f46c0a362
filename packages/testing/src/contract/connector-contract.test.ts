import {
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type PathIndex,
  type ProviderProfile,
} from "@connectry/core";
import { describe, expect, test } from "vitest";
import { acme, creator, noFacts, providers } from "../../test/contract-providers.js";
import { connectorContract } from "./connector-contract.js";
import type { Create } from "./contract-options.js";

for (const [name, provider] of Object.entries(providers)) {
  describe(`a correct connector of ${name} passes the contract`, () => {
    for (const check of connectorContract(provider.profile, { ...provider, create: creator(provider) }))
      test(check.name, check.run);
  });
}

const plain: ProviderProfile = {
  id: "plain",
  name: "Plain",
  baseUrl: "https://plain.test",
  auth: { kind: "bearer", env: "PLAIN_TOKEN" },
  body: "json",
  errors: { message: ["message"] },
};
const responsesOf = (type: string, schema: object) => ({
  responses: { 200: { description: "", content: { [type]: { schema } } } },
});
const object = { type: "object", properties: { name: { type: "string" } } };
const requestBody = { required: true, content: { "application/json": { schema: object } } };
const unusualPaths: Readonly<Record<string, object>> = {
  "writes only": { "/run": { post: { requestBody, ...responsesOf("application/json", object) } } },
  "writes that differ in a header": Object.fromEntries(
    ["One", "Two"].map((target) => {
      const parameter = { name: "X-Target", in: "header", required: true, schema: { type: "string", enum: [target] } };
      return [
        `/#${target}`,
        { post: { parameters: [parameter], requestBody, ...responsesOf("application/json", object) } },
      ];
    }),
  ),
  "paths that differ in a fragment": {
    "/tags": { get: responsesOf("application/json", object) },
    "/tags#keys": {
      delete: {
        parameters: [{ name: "keys", in: "query", required: true, schema: { type: "string" } }],
        responses: { 204: { description: "" } },
      },
    },
  },
  "a query in a path": {
    "/templates": { get: responsesOf("application/json", object) },
    "/templates?full=true": {
      get: {
        parameters: [{ name: "at", in: "query", schema: { type: "string" } }],
        ...responsesOf("application/json", object),
      },
    },
  },
  "XML responses": { "/report": { get: responsesOf("text/xml", object), head: responsesOf("text/xml", object) } },
  "lists only": { "/names": { get: responsesOf("application/json", { type: "array", items: { type: "string" } }) } },
  "operations without security": { "/names": { get: { security: [], ...responsesOf("application/json", object) } } },
};

for (const [title, paths] of Object.entries(unusualPaths)) {
  describe(`a connector of a document with ${title} passes the contract`, () => {
    const facts = title.startsWith("XML")
      ? { ...noFacts, operations: { "GET /report": { response: "any" } as const } }
      : noFacts;
    const create = ((options: ConnectorOptions) =>
      createConnector<PathIndex>(
        { profile: plain, facts, strategies: allStrategies(plain) },
        options,
      )) as unknown as Create;
    const options = { facts, create, documents: [{ openapi: "3.0.3", paths }] };
    for (const check of connectorContract(plain, options)) test(check.name, check.run);
  });
}

describe("a connector whose idempotency keys are fields of bodies passes the contract", () => {
  const profile: ProviderProfile = { ...plain, idempotency: { field: "key", methods: ["POST"] } };
  const text = { type: "string" };
  const keyed = { type: "object", required: ["key"], properties: { name: text, key: text } };
  const body = { required: true, content: { "application/json": { schema: keyed } } };
  const paths = { "/run": { post: { requestBody: body, ...responsesOf("application/json", object) } } };
  const create = ((options: ConnectorOptions) =>
    createConnector<PathIndex>(
      { profile, facts: noFacts, strategies: allStrategies(profile) },
      options,
    )) as unknown as Create;
  const options = { facts: noFacts, create, documents: [{ openapi: "3.0.3", paths }] };
  for (const check of connectorContract(profile, options)) test(check.name, check.run);
});

test("documents without an operation that can be called are an error", () => {
  const options = { facts: noFacts, create: creator(providers.acme), documents: [{ openapi: "3.1.0", paths: {} }] };
  expect(() => connectorContract(acme, options)).toThrow("the documents of Acme have no operation that can be called");
});

describe("a connector whose lists have pages where the page number is sent, as Xero's, passes the contract", () => {
  const page = { type: "object", properties: { names: { type: "array", items: object } } };
  const parameters = [{ name: "page", in: "query", schema: { type: "integer" } }];
  const documents = [
    { openapi: "3.0.3", paths: { "/names": { get: { parameters, ...responsesOf("application/json", page) } } } },
  ];
  const into = { in: "query", name: "page" } as const;
  const profile: ProviderProfile = {
    ...plain,
    pagination: [{ kind: "page-number", items: ["names"], into, first: 1, ask: { ...into, value: 1 } }],
  };
  const create = ((options: ConnectorOptions) =>
    createConnector<PathIndex>(
      { profile, facts: noFacts, strategies: allStrategies(profile) },
      options,
    )) as unknown as Create;
  for (const check of connectorContract(profile, { facts: noFacts, create, documents })) test(check.name, check.run);
});

describe("a connector whose lists have their cursor in an object of the body passes the contract", () => {
  const text = { type: "string" };
  const cursor = { type: "object", properties: { per_page: { type: "integer" }, starting_after: text } };
  const body = { type: "object", properties: { query: text, pagination: cursor } };
  const list = { type: "array", items: object };
  // Its `next` is an object, and no URL that would lead on: only the first path is a list.
  const page = { type: "object", properties: { data: list, next: { type: "object", properties: { after: text } } } };
  const paths = {
    "/names/search": {
      post: {
        requestBody: { required: true, content: { "application/json": { schema: body } } },
        ...responsesOf("application/json", page),
      },
    },
    "/names": { get: responsesOf("application/json", page) },
  };
  const profile: ProviderProfile = {
    ...plain,
    pagination: [
      {
        kind: "cursor",
        items: ["data"],
        from: { body: ["next", "after"] },
        into: { in: "body", name: "starting_after", inside: ["pagination"] },
      },
      { kind: "next-url", items: ["data"], next: ["next"] },
    ],
  };
  const facts = { ...noFacts, pages: { "/names/search": { method: "POST" } } };
  const create = ((options: ConnectorOptions) =>
    createConnector<PathIndex>({ profile, facts, strategies: allStrategies(profile) }, options)) as unknown as Create;
  const checks = connectorContract(profile, { facts, create, documents: [{ openapi: "3.0.3", paths }] });
  for (const check of checks.filter(({ name }) => /body|every operation/.test(name))) test(check.name, check.run);
  test("a page whose `next` is an object is not a list that is paged by a URL", async () => {
    const byUrl = checks.find(({ name }) => name.startsWith("every list that is paged by the URL"));
    await expect(byUrl?.run()).rejects.toThrow("the documents have no list in this style");
  });
});
