import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "./fake-handler.js";

const orders = {
  openapi: "3.1.0",
  paths: {
    "/orders": {
      get: {
        parameters: [
          { name: "state", in: "query", schema: { type: "string", enum: ["open", "closed", "all"], default: "open" } },
          { name: "buyer", in: "query", schema: { type: "string" } },
          { name: "properties", in: "query", schema: { type: "array", items: { type: "string" } } },
          { name: "SentAt<", in: "query", schema: { type: "string" } },
          { name: "SentAt>", in: "query", schema: { type: "string" } },
          {
            name: "created",
            in: "query",
            style: "deepObject",
            schema: { anyOf: [{ type: "object", properties: { gte: { type: "integer" } } }, { type: "integer" }] },
          },
        ],
        responses: {
          200: {
            description: "",
            content: {
              "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Order" } } },
            },
          },
        },
      },
      post: {
        requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        responses: {
          201: { description: "", content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } } },
        },
      },
    },
    "/orders/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      get: {
        responses: {
          200: { description: "", content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } } },
        },
      },
      patch: {
        requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        responses: {
          200: { description: "", content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Order: {
        type: "object",
        required: ["id", "state", "buyer"],
        properties: {
          id: { type: "string" },
          state: { type: "string", enum: ["closed", "open"] },
          buyer: { type: ["string", "null"] },
          sent_at: { type: "string" },
          created: { type: "integer" },
          properties: { type: "object", additionalProperties: { type: "string" } },
        },
      },
    },
  },
};

/** Sends requests to a fake shop. */
function start() {
  const fake = fakeHandler({ document: orders, profile: { ...acmeProfile, pagination: [] }, listLength: 3 });
  const send = async (path: string, method = "GET", body?: object) => {
    const headers = { "x-acme-key": "k", "content-type": "application/json" };
    const response = await fake.fetch(`https://api.acme.test/v2${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    });
    return await response.json();
  };
  const ids = async (query: string) => (await send(`/orders?${query}`)).map(({ id }: { id: string }) => id);
  return { fake, send, ids };
}

test("a list is filtered by the parameters that are named as a member of its items", async () => {
  const { fake, ids } = start();
  fake.seed("/orders", [
    { id: "a", buyer: "ada", created: 10, sent_at: "2026-01-01" },
    { id: "b", buyer: "grace", created: 20, sent_at: "2026-02-01" },
    { id: "c", buyer: "ada", created: 30, sent_at: "2026-03-01", state: "closed" },
  ]);
  expect(await ids("")).toEqual(["a", "b"]);
  expect(await ids("state=all")).toEqual(["a", "b", "c"]);
  expect(await ids("state=closed")).toEqual(["c"]);
  expect(await ids("buyer=ada")).toEqual(["a"]);
  expect(await ids("state=all&created[gte]=20")).toEqual(["b", "c"]);
  expect(await ids("created=10")).toEqual(["a"]);
  expect(await ids(`state=all&${encodeURIComponent("SentAt>")}=2026-02-01`)).toEqual(["b", "c"]);
  expect(await ids(`state=all&${encodeURIComponent("SentAt<")}=2026-01-31`)).toEqual(["a"]);
  expect(await ids("buyer=nobody")).toEqual([]);
  // It names the properties that are to be returned, and filters nothing.
  expect(await ids("properties=email")).toEqual(["a", "b"]);
});

test("sampled and created items have the default of a filter, and leave the list once they are changed", async () => {
  const { send, ids } = start();
  const created = await send("/orders", "POST", { buyer: "ada" });
  expect(created).toMatchObject({ state: "open", buyer: "ada" });
  expect(await ids("")).toHaveLength(4);
  await send(`/orders/${created.id}`, "PATCH", { state: "closed" });
  expect(await ids("")).toHaveLength(3);
  expect(await ids("state=closed")).toEqual([created.id]);
});

test("pages are made of the filtered items", async () => {
  const fake = fakeHandler({ document: acmeDocument, profile: acmeProfile });
  fake.seed(
    "/widgets",
    Array.from({ length: 6 }, (_, index) => ({ id: `w_${index}`, color: index % 2 ? "red" : "green" })),
  );
  const read = async (query: string) => {
    const response = await fake.fetch(`https://api.acme.test/v2/widgets?${query}`, { headers: { "x-acme-key": "k" } });
    return await response.json();
  };
  const first = await read("color=red&limit=2");
  expect(first.results.map(({ id }: { id: string }) => id)).toEqual(["w_1", "w_3"]);
  const second = await read(`color=red&limit=2&after=${first.paging.next.after}`);
  expect([second.results.map(({ id }: { id: string }) => id), second.paging]).toEqual([["w_5"], undefined]);
});
