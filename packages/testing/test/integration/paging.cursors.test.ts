import type { Pagination } from "@connectry/core";
import { expect, test } from "vitest";
import { fakeProvider } from "../../src/provider/fake-provider.js";
import { acmeDocument, acmeProfile } from "../acme.js";
import { documentOf, ids, list, parameter, profileOf, read, responsesOf, text } from "../paged-list.js";

test("a cursor of the body is sent in the query, and the last page has no cursor", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile, listLength: 7 });
  const headers = { "x-acme-key": "k" };
  const allIds: unknown[] = [];
  const pageLengths: unknown[] = [];
  for (let after: string | undefined = ""; after !== undefined; ) {
    const response = await fetch(`${acme.url}/widgets?limit=3&after=${after}`, { headers });
    const page = (await response.json()) as { results: { id: string }[]; paging?: { next: { after: string } } };
    allIds.push(...ids(page.results));
    pageLengths.push(page.results.length);
    after = page.paging?.next.after;
  }
  expect(pageLengths).toEqual([3, 3, 1]);
  expect(new Set(allIds).size).toBe(7);
});

test("an unknown cursor is rejected", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  const response = await fetch(`${acme.url}/widgets?after=elsewhere`, { headers: { "x-acme-key": "k" } });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { reason: "GET /widgets: parameter after is not a cursor of this list" },
  ]);
});

test("a cursor of the last item is sent in the query, and a flag tells whether there are more pages", async () => {
  const pagination: Pagination = {
    kind: "cursor",
    items: ["data"],
    from: { lastItem: ["id"] },
    into: { in: "query", name: "starting_after" },
    more: ["has_more"],
  };
  const schema = {
    type: "object",
    required: ["data", "has_more"],
    properties: { data: list, has_more: { type: "boolean" } },
  };
  await using server = await fakeProvider({
    document: documentOf([parameter("limit"), parameter("starting_after")], schema),
    profile: profileOf(pagination),
    listLength: 5,
  });
  const first = await read(`${server.url}/things?limit=4`);
  expect([ids(first.body.data).length, first.body.has_more]).toEqual([4, true]);
  const last = await read(`${server.url}/things?limit=4&starting_after=${ids(first.body.data).at(-1)}`);
  expect([ids(last.body.data).length, last.body.has_more]).toEqual([1, false]);
  expect(new Set([...ids(first.body.data), ...ids(last.body.data)]).size).toBe(5);
});

test("a cursor is sent in the body of a POST", async () => {
  const pagination: Pagination = {
    kind: "cursor",
    items: ["results"],
    from: { body: ["paging", "next", "after"] },
    into: { in: "body", name: "after" },
  };
  const schema = {
    type: "object",
    properties: {
      total: { type: "integer" },
      results: list,
      paging: {
        type: "object",
        properties: { next: { type: "object", required: ["after"], properties: { after: text } } },
      },
    },
  };
  const requestBody = {
    content: {
      "application/json": { schema: { type: "object", properties: { limit: { type: "integer" }, after: text } } },
    },
  };
  const document = {
    openapi: "3.0.3",
    paths: { "/things/search": { post: { requestBody, responses: responsesOf(schema) } } },
  };
  await using server = await fakeProvider({ document, profile: profileOf(pagination), listLength: 5 });
  const search = (body: object) => read(`${server.url}/things/search`, { method: "POST", body: JSON.stringify(body) });
  const first = (await search({ limit: 3 })).body as {
    total: number;
    results: object[];
    paging: { next: { after: string } };
  };
  expect([first.total, first.results.length]).toEqual([5, 3]);
  const last = (await search({ limit: 3, after: first.paging.next.after })).body;
  expect(ids(last.results)).toHaveLength(2);
  expect(last.paging).toEqual({});
});

test("the cursor of the last page is null where its schema permits, and empty where it is required", async () => {
  const pagination: Pagination = {
    kind: "cursor",
    items: ["things"],
    from: { body: ["meta", "cursor"] },
    into: { in: "query", name: "cursor" },
  };
  const schemaOf = (cursor: object) => ({
    type: "object",
    required: ["meta"],
    properties: { things: list, meta: { type: "object", required: ["cursor"], properties: { cursor } } },
  });
  for (const [cursor, end] of [
    [{ type: "string", nullable: true }, null],
    [text, ""],
  ] as const) {
    await using server = await fakeProvider({
      document: documentOf([parameter("cursor", text)], schemaOf(cursor)),
      profile: profileOf(pagination),
      listLength: 2,
    });
    expect((await read(`${server.url}/things`)).body.meta).toEqual({ cursor: end });
  }
});
