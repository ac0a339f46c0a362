import {
  type AnyConnector,
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type ProviderFacts,
  type ProviderProfile,
} from "@connectry/core";
import { tokenExchange } from "@connectry/core/oauth";
import { type FakeHandler, fakeHandler } from "@connectry/testing";

const order = {
  type: "object",
  required: ["id", "item"],
  properties: {
    id: { type: "string", readOnly: true },
    item: { type: "string", description: "What is ordered. <b>Never</b> empty." },
    amount: { type: "integer" },
    note: { type: "string" },
  },
};
const json = (schema: object) => ({ content: { "application/json": { schema } } });
const reference = { $ref: "#/components/schemas/Order" };
const one = { 200: { description: "The order.", ...json(reference) } };
const id = { name: "order", in: "path", required: true, schema: { type: "string" } };

/** A shop of six operations: a read of each kind, and a write of each kind. */
export const shopDocument = {
  openapi: "3.1.0",
  info: { title: "Shop", version: "1" },
  servers: [{ url: "https://api.shop.example" }],
  paths: {
    "/orders": {
      get: {
        operationId: "listOrders",
        summary: "List orders",
        parameters: [
          { name: "after", in: "query", schema: { type: "string" } },
          { name: "limit", in: "query", schema: { type: "integer" }, description: "How many." },
          { name: "Authorization", in: "header", required: true, schema: { type: "string" } },
        ],
        responses: {
          200: {
            description: "A page.",
            ...json({
              type: "object",
              required: ["data"],
              properties: { data: { type: "array", items: reference }, next: { type: ["string", "null"] } },
            }),
          },
        },
      },
      post: {
        operationId: "createOrder",
        summary: "Create an order",
        requestBody: { required: true, ...json(reference) },
        responses: { 201: { description: "Created.", ...json(reference) } },
      },
    },
    "/orders/{order}": {
      parameters: [id],
      get: { operationId: "getOrder", summary: "Read an order", responses: one },
      patch: {
        operationId: "updateOrder",
        requestBody: json({ type: "object", properties: { note: { type: "string" } } }),
        responses: one,
      },
      put: { operationId: "replaceOrder", requestBody: json(reference), responses: one },
      delete: { operationId: "deleteOrder", summary: "Delete an order", responses: { 204: { description: "Gone." } } },
    },
  },
  components: { schemas: { Order: order } },
};

const profile: ProviderProfile = {
  id: "shop",
  name: "Shop",
  baseUrl: "https://api.shop.example",
  auth: { kind: "bearer", env: "SHOP_KEY" },
  body: "json",
  pagination: [{ kind: "cursor", items: ["data"], from: { body: ["next"] }, into: { in: "query", name: "after" } }],
  errors: { message: ["error", "message"] },
};
const facts: ProviderFacts = { version: "1", operations: {}, pages: {} };

/** A credential that must appear nowhere. */
export const canary = "canary_4eC39HqL/yjWDarjtT1zdp7dc";

/** A shop, and a connector of it. */
export interface Shop {
  readonly connector: AnyConnector;
  readonly fake: FakeHandler;
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
}

const exchange: ProviderProfile["auth"] = {
  kind: "client-credentials",
  tokenUrl: "/oauth/token",
  clientAuthentication: "basic",
  clientId: { name: "clientId", env: "SHOP_CLIENT_ID" },
  clientSecret: { name: "clientSecret", env: "SHOP_CLIENT_SECRET" },
};

/** How a shop differs: it deduplicates writes by their idempotency keys, or its credential is exchanged for tokens. */
interface ShopOptions extends ConnectorOptions {
  readonly keyed?: boolean;
  readonly exchanged?: boolean;
}

/** Creates a shop. */
export function openShop({ keyed = false, exchanged = false, ...options }: ShopOptions = {}): Shop {
  const own: ProviderProfile = {
    ...profile,
    ...(keyed && { idempotency: { header: "idempotency-key", methods: ["POST"] } }),
    ...(exchanged && { auth: exchange }),
  };
  const client = { clientId: "shop-client", clientSecret: canary };
  const credential = exchanged ? client : undefined;
  const fake = fakeHandler({ document: shopDocument, profile: own, facts, credential });
  const connector = createConnector(
    { profile: own, facts, strategies: { ...allStrategies(own), ...(exchanged && { tokenExchange }) } },
    {
      auth: (credential ?? canary) as never,
      fetch: fake.fetch,
      maxAttempts: 1,
      ...options,
    },
  );
  return { connector, fake, profile: own, facts };
}
