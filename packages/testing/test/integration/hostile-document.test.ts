import {
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type PathIndex,
  type ProviderProfile,
} from "@connectry/core";
import { afterAll, describe, expect, test } from "vitest";
import { connectorContract } from "../../src/contract/connector-contract.js";
import type { Create } from "../../src/contract/contract-options.js";
import { fakeProvider } from "../../src/provider/fake-provider.js";

const profile: ProviderProfile = {
  id: "plain",
  name: "Plain",
  baseUrl: "https://plain.test",
  auth: { kind: "bearer", env: "PLAIN_TOKEN" },
  body: "json",
  errors: { message: ["message"] },
};
const json = (schema: object) => ({ required: true, description: "", content: { "application/json": { schema } } });
// Patterns that backtrack without end.
const code = { type: "string", pattern: "^(a+)+$" };
const object = { type: "object", required: ["code"], properties: { code } };
const inPath = (name: string) => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string", pattern: "(x+x+)+y" },
});
const manyNames = Array.from({ length: 30 }, (_, index) => `a${index}`);

const patterns = {
  openapi: "3.1.0",
  info: { title: "Plain", version: "1" },
  paths: {
    "/codes": {
      get: { responses: { 200: json(object) } },
      post: { requestBody: json(object), responses: { 200: json(object) } },
    },
  },
};
const document = {
  ...patterns,
  paths: {
    ...patterns.paths,
    "/lists": { get: { responses: { 200: json({ type: "array", minItems: 1e9, items: code }) } } },
    "/texts": {
      get: {
        responses: {
          200: json({ type: "object", required: ["a"], properties: { a: { type: "string", minLength: 1e9 } } }),
        },
      },
    },
    [`/many/${manyNames.map((name) => `{${name}}`).join("")}`]: {
      get: { parameters: manyNames.map(inPath), responses: { 200: json(object) } },
    },
  },
};

describe("a fake provider of a hostile document", async () => {
  const credential = "plain_canary_0123456789";
  const provider = await fakeProvider({ document, profile, credential });
  afterAll(() => provider.close());
  const send = async (path: string, body?: object) => {
    const headers = { authorization: `Bearer ${credential}`, "content-type": "application/json" };
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(provider.url + path, init);
    return { status: response.status, text: await response.text() };
  };

  test("decides a text for a pattern, and responds with a text that matches", async () => {
    expect(await send("/codes", { code: `${"a".repeat(50_000)}!` })).toMatchObject({ status: 400 });
    const { status, text } = await send("/codes", { code: "aaa" });
    expect([status, JSON.parse(text).code]).toEqual([200, expect.stringMatching(/^a+$/)]);
  });

  test.each([
    ["/lists", "#/paths/~1lists/get/responses/200/content/application~1json/schema: minItems is 1000000000"],
    [
      "/texts",
      "#/paths/~1texts/get/responses/200/content/application~1json/schema/properties/a: minLength is 1000000000",
    ],
  ])("responds to %s with an error that names the schema", async (path, message) => {
    const { status, text } = await send(path);
    expect(status).toBe(501);
    expect(text).toContain(message);
  });

  test("decides a path for placeholders without a separator", async () => {
    expect(await send(`/many/${"x".repeat(20)}`)).toMatchObject({ status: 404 });
    expect((await send(`/many/${"x".repeat(5_000)}`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("the contract of a connector whose document has patterns that backtrack without end", () => {
  const facts = { version: "1", operations: {}, pages: {} };
  const create = ((options: ConnectorOptions) =>
    createConnector<PathIndex>({ profile, facts, strategies: allStrategies(profile) }, options)) as unknown as Create;
  for (const check of connectorContract(profile, { facts, documents: [patterns], create })) test(check.name, check.run);
});
