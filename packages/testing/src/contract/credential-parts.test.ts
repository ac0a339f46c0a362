import {
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type PathIndex,
  type ProviderProfile,
  type Transport,
} from "@connectry/core";
import { describe, expect, test } from "vitest";
import { noFacts } from "../../test/contract-providers.js";
import { connectorContract } from "./connector-contract.js";
import type { Create } from "./contract-options.js";

/** A provider whose credential has a part in a header, one in the query and one in bodies, as the document requires. */
const vault: ProviderProfile = {
  id: "vault",
  name: "Vault",
  baseUrl: "https://vault.test/v1",
  auth: {
    kind: "parts",
    parts: [
      { name: "clientId", env: "VAULT_CLIENT_ID", in: "header", as: "x-client-id" },
      { name: "key", env: "VAULT_KEY", in: "query", as: "key" },
      { name: "team", env: "VAULT_TEAM", in: "header", as: "x-team", optional: true },
      { name: "secret", env: "VAULT_SECRET", in: "body", as: "secret" },
    ],
  },
  body: "json",
  errors: { message: ["message"] },
};

const text = { type: "string" };
const item = { type: "object", required: ["id"], properties: { id: text, label: text } };
const json = (schema: object) => ({ "application/json": { schema } });
/** An operation as RPC: what it takes are fields of its body, beside the secret. */
const call = (operationId: string, properties: Readonly<Record<string, object>>) => ({
  post: {
    operationId,
    requestBody: {
      required: true,
      content: json({
        type: "object",
        additionalProperties: false,
        required: ["secret", ...Object.keys(properties)],
        properties: { secret: text, ...properties },
      }),
    },
    responses: { 200: { description: "", content: json(item) } },
  },
});
const document = {
  openapi: "3.0.3",
  info: { title: "Vault", version: "1" },
  servers: [{ url: "https://vault.test/v1" }],
  security: [{ client: [], key: [] }],
  paths: {
    "/ping": call("ping", {}),
    "/items/get": call("getItem", { id: text }),
    "/items/create": call("createItem", { label: text, tags: { type: "array", items: text } }),
  },
  components: {
    securitySchemes: {
      client: { type: "apiKey", in: "header", name: "X-Client-Id" },
      key: { type: "apiKey", in: "query", name: "key" },
    },
  },
};

/** Creates connectors of the vault, with what is done to each call before it is sent. */
const creator =
  (change: (call: Parameters<Transport>[0]) => Parameters<Transport>[0] = (call) => call): Create =>
  (options: ConnectorOptions) => {
    const definition = { profile: vault, facts: noFacts, strategies: allStrategies(vault) };
    const last = { name: "last", send: (call: never, next: (call: never) => never) => next(change(call) as never) };
    return createConnector<PathIndex>(definition, {
      ...options,
      policies: { ...options.policies, perAttempt: [last as never] },
    }) as never;
  };

describe("a connector whose credential has parts in a header, the query and bodies passes the contract", () => {
  for (const check of connectorContract(vault, { create: creator(), facts: noFacts, documents: [document] }))
    test(check.name, check.run);
});

/** Calls without one of the parts, and what the fake says of them. */
const lacking: Readonly<Record<string, (call: Parameters<Transport>[0]) => Parameters<Transport>[0]>> = {
  "the header x-client-id": (call) => {
    const { "x-client-id": _, ...headers } = call.headers;
    return { ...call, headers };
  },
  "the query parameter key": (call) => ({ ...call, url: call.url.replace(/\?.*/, "") }),
  "the field secret of the body": (call) => ({
    ...call,
    body: { kind: "replayable", contentType: "application/json", data: "{}" },
  }),
};

test.each(Object.entries(lacking))("the contract fails for a connector that does not send %s", async (_, change) => {
  const checks = connectorContract(vault, { create: creator(change), facts: noFacts, documents: [document] });
  const [sent] = checks.filter(({ name }) => name.startsWith("the credential of an option"));
  await expect(sent?.run()).rejects.toThrow();
});
