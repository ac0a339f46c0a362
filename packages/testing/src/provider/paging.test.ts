import type { Pagination, ProviderFacts, ProviderProfile } from "@connectry/core";
import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../fixtures/acme.js";
import { fakeProvider } from "./fake-provider.js";

const item = { type: "object", required: ["id"], properties: { id: { type: "integer" }, name: { type: "string" } } };
const list = { type: "array", items: item };
const text = { type: "string" };
const parameter = (name: string, schema: object = { type: "integer" }) => ({ name, in: "query", schema });
const answer = (schema: object) => ({ 200: { description: "", content: { "application/json": { schema } } } });

function profileOf(...pagination: Pagination[]): ProviderProfile {
  return { ...acmeProfile, baseUrl: "https://x.test", auth: { kind: "bearer", env: "X" }, pagination };
}

function documentOf(parameters: object[], schema: object, path = "/things") {
  return { openapi: "3.0.3", paths: { [path]: { get: { parameters, responses: answer(schema) } } } };
}

interface Page {
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

async function read(url: string, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url, {
    ...init,
    headers: { authorization: "Bearer x", "content-type": "application/json" },
  });
  const body = (await response.json()) as Record<string, unknown>;
  expect(response.status, JSON.stringify(body)).toBe(200);
  return { body, headers: response.headers };
}

const ids = (items: unknown) => (items as { id: unknown }[]).map(({ id }) => id);

test("cursor from the body: it goes into the query, and the last page has none", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile, listLength: 7 });
  const headers = { "x-acme-key": "k" };
  const seen: unknown[] = [];
  const pages: unknown[] = [];
  for (let after: string | undefined = ""; after !== undefined; ) {
    const response = await fetch(`${acme.url}/widgets?limit=3&after=${after}`, { headers });
    const page = (await response.json()) as { results: { id: string }[]; paging?: { next: { after: string } } };
    seen.push(...ids(page.results));
    pages.push(page.results.length);
    after = page.paging?.next.after;
  }
  expect(pages).toEqual([3, 3, 1]);
  expect(new Set(seen).size).toBe(7);
});

test("a cursor that leads nowhere is refused", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  const response = await fetch(`${acme.url}/widgets?after=elsewhere`, { headers: { "x-acme-key": "k" } });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { reason: "GET /widgets: after names no place in this list" },
  ]);
});

test("seeded items are what the list has; what they leave out is sampled, and they are read one by one", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  acme.seed("/widgets", [{ id: "w_a", name: "Ada" }, { id: "w_b" }]);
  const headers = { "x-acme-key": "k" };
  const page = (await (await fetch(`${acme.url}/widgets`, { headers })).json()) as { results: object[] };
  expect(page.results).toMatchObject([
    { id: "w_a", name: "Ada" },
    { id: "w_b", name: "name_2" },
  ]);
  const one = await (await fetch(`${acme.url}/widgets/w_a`, { headers })).json();
  expect(one).toEqual(page.results[0]);
  acme.seed("/widgets", []);
  expect(await (await fetch(`${acme.url}/widgets`, { headers })).json()).toEqual({ results: [] });
});

test("seed refuses an item that breaks its schema, and a path without a list", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  expect(() => acme.seed("/widgets", [{ name: "a" }, { name: 5 }])).toThrow(
    "seed: item 1 of /widgets breaks its schema: name must be string, not 5.",
  );
  expect(() => acme.seed("/gadgets", [])).toThrow("seed: no list of the document is at /gadgets.");
});

test("cursor from the last item, in the query, with a flag that says whether there is more", async () => {
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

test("cursor in the body of a POST", async () => {
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
    paths: { "/things/search": { post: { requestBody, responses: answer(schema) } } },
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

test("an end that the schema wants as null is null, one that it demands as text is empty", async () => {
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

test("Link header: a bare list, and a list that is wrapped under a name of its own", async () => {
  const pagination: Pagination = { kind: "link-header", items: [] };
  const wrapped = {
    type: "object",
    required: ["total_count", "things"],
    properties: { total_count: { type: "integer" }, things: list },
  };
  for (const [schema, itemsOf] of [
    [list, (body: unknown) => body],
    [wrapped, (body: unknown) => (body as { things: unknown }).things],
  ] as const) {
    await using server = await fakeProvider({
      document: documentOf([parameter("per_page"), parameter("page")], schema),
      profile: profileOf(pagination),
      listLength: 5,
    });
    const seen: unknown[] = [];
    let next: string | undefined = `${server.url}/things?per_page=2`;
    let pages = 0;
    while (next !== undefined) {
      const page: Page = await read(next);
      seen.push(...ids(itemsOf(page.body)));
      pages += 1;
      next = /<([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect([pages, new Set(seen).size]).toEqual([3, 5]);
  }
});

test("next URL: relative where its name says URI, whole where it says URL; null ends", async () => {
  for (const name of ["next_page_uri", "next_page_url"]) {
    const pagination: Pagination = { kind: "next-url", items: ["things"], next: [name] };
    const schema = { type: "object", properties: { things: list, [name]: { type: "string", nullable: true } } };
    await using server = await fakeProvider({
      document: documentOf([parameter("PageSize"), parameter("PageToken", text)], schema),
      profile: profileOf(pagination),
      listLength: 5,
    });
    const seen: unknown[] = [];
    let next: string | null = "/things?PageSize=2";
    while (next !== null) {
      const { body }: Page = await read(new URL(next, server.url).href);
      seen.push(...ids(body.things));
      next = body[name] as string | null;
      if (next !== null) expect(URL.canParse(next)).toBe(name === "next_page_url");
    }
    expect(new Set(seen).size).toBe(5);
  }
});

test("by path: the page itself, the list of the path's name, or the only list of the page", async () => {
  const two = { type: "object", required: ["check_runs", "others"], properties: { check_runs: list, others: list } };
  const one = { type: "object", required: ["runners"], properties: { runners: list } };
  for (const [path, schema, itemsOf] of [
    ["/keys", list, (body: unknown) => body],
    ["/check-runs", two, (body: unknown) => (body as { check_runs: unknown }).check_runs],
    ["/CheckRuns.json", two, (body: unknown) => (body as { check_runs: unknown }).check_runs],
    ["/hosted", one, (body: unknown) => (body as { runners: unknown }).runners],
  ] as const) {
    await using server = await fakeProvider({
      document: documentOf([parameter("page")], schema, path),
      profile: profileOf({ kind: "link-header", items: "by-path" }),
      listLength: 3,
      pageSize: 2,
    });
    expect(ids(itemsOf((await read(`${server.url}${path}`)).body)), path).toEqual([1, 2]);
    expect(ids(itemsOf((await read(`${server.url}${path}?page=2`)).body)), path).toEqual([3]);
  }
});

test("offset and page number count from where they should", async () => {
  const offset: Pagination = { kind: "offset", items: [], into: { in: "query", name: "offset" }, size: "limit" };
  await using byOffset = await fakeProvider({
    document: documentOf([parameter("limit"), parameter("offset")], list),
    profile: profileOf(offset),
    listLength: 5,
  });
  const all = ids((await read(`${byOffset.url}/things?limit=100`)).body);
  expect(ids((await read(`${byOffset.url}/things?limit=2&offset=3`)).body)).toEqual(all.slice(3, 5));
  const pageNumber: Pagination = { kind: "page-number", items: [], into: { in: "query", name: "page" }, first: 0 };
  await using byPage = await fakeProvider({
    document: documentOf([parameter("per_page"), parameter("page")], list),
    profile: profileOf(pageNumber),
    listLength: 5,
  });
  const sizes = [];
  for (const page of [0, 1, 2, 3])
    sizes.push(ids((await read(`${byPage.url}/things?per_page=2&page=${page}`)).body).length);
  expect(sizes).toEqual([2, 2, 1, 0]);
});

test("facts say which style and which items a list has where the document does not tell", async () => {
  const styles: Pagination[] = [
    { kind: "cursor", items: ["data"], from: { body: ["next"] }, into: { in: "query", name: "cursor" } },
    { kind: "offset", items: [], into: { in: "query", name: "skip" }, size: "take" },
  ];
  const schema = { type: "object", properties: { members: list, owners: list } };
  const facts: ProviderFacts = { version: "1", operations: {}, pages: { "/things": { style: 1, items: ["owners"] } } };
  await using server = await fakeProvider({
    document: documentOf([parameter("take"), parameter("skip")], schema),
    profile: profileOf(...styles),
    facts,
    listLength: 3,
  });
  expect(ids((await read(`${server.url}/things?take=2&skip=2`)).body.owners)).toHaveLength(1);
});

test("each path has a list of its own, a seeded template counts for all of them", async () => {
  const schema = {
    type: "object",
    required: ["data", "has_more"],
    properties: { data: list, has_more: { type: "boolean" } },
  };
  const pagination: Pagination = {
    kind: "cursor",
    items: ["data"],
    from: { lastItem: ["id"] },
    into: { in: "query", name: "after" },
    more: ["has_more"],
  };
  const document = documentOf(
    [{ name: "owner", in: "path", required: true, schema: text }, parameter("after")],
    schema,
    "/owners/{owner}/things",
  );
  await using server = await fakeProvider({ document, profile: profileOf(pagination) });
  server.seed("/owners/{owner}/things", [{ id: 1 }]);
  server.seed("/owners/ada/things", [{ id: 2 }]);
  expect(ids((await read(`${server.url}/owners/ada/things`)).body.data)).toEqual([2]);
  expect(ids((await read(`${server.url}/owners/grace/things`)).body.data)).toEqual([1]);
});
