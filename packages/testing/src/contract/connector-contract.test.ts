import {
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type PathIndex,
  type ProviderProfile,
} from "@connectry/core";
import { describe, expect, test } from "vitest";
import { acme, creator, none, providers } from "../fixtures/contract-providers.js";
import { connectorContract } from "./connector-contract.js";
import type { Create } from "./contract-options.js";

for (const [name, provider] of Object.entries(providers)) {
  describe(`a sound connector of ${name} keeps every promise`, () => {
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
