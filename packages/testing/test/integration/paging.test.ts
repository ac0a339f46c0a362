import type { Pagination, ProviderFacts } from "@connectry/core";
import { expect, test } from "vitest";
import { fakeProvider } from "../../src/provider/fake-provider.js";
import { documentOf, ids, list, type Page, parameter, profileOf, read, text } from "../paged-list.js";

test("Link header: a page may be an array, or an object with one array member", async () => {
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
    const allIds: unknown[] = [];
    let next: string | undefined = `${server.url}/things?per_page=2`;
    let pages = 0;
    while (next !== undefined) {
      const page: Page = await read(next);
      allIds.push(...ids(itemsOf(page.body)));
      pages += 1;
      next = /<([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect([pages, new Set(allIds).size]).toEqual([3, 5]);
  }
});

test("next URL: relative in a member with the name URI, absolute in one with the name URL, and null on the last page", async () => {
  for (const name of ["next_page_uri", "next_page_url"]) {
    const pagination: Pagination = { kind: "next-url", items: ["things"], next: [name] };
    const schema = { type: "object", properties: { things: list, [name]: { type: "string", nullable: true } } };
    await using server = await fakeProvider({
      document: documentOf([parameter("PageSize"), parameter("PageToken", text)], schema),
      profile: profileOf(pagination),
      listLength: 5,
    });
    const allIds: unknown[] = [];
    let next: string | null = "/things?PageSize=2";
    while (next !== null) {
      const { body }: Page = await read(new URL(next, server.url).href);
      allIds.push(...ids(body.things));
      next = body[name] as string | null;
      if (next !== null) expect(URL.canParse(next)).toBe(name === "next_page_url");
    }
    expect(new Set(allIds).size).toBe(5);
  }
});

test("by path: the items are the page itself, the array with the name of the path, or the only array of the page", async () => {
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

test("offset and page number count from their first value", async () => {
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

test("facts set the style and the items of a list where the document does not", async () => {
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
