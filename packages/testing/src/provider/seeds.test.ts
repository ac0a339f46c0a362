import type { Pagination } from "@connectry/core";
import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { documentOf, ids, list, parameter, profileOf, read, text } from "../../test/paged-list.js";
import { fakeProvider } from "./fake-provider.js";

test("a seeded list has the seeded items, whose missing members are sampled, and each can be read", async () => {
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

test("seed rejects an item that is invalid in its schema, and a path without a list", async () => {
  await using acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  expect(() => acme.seed("/widgets", [{ name: "a" }, { name: 5 }])).toThrow(
    "cannot seed /widgets: item 1 is invalid: name must be string, got 5",
  );
  expect(() => acme.seed("/gadgets", [])).toThrow("cannot seed /gadgets: the document has no list at this path");
});

test("each path has its own list, and a seeded template applies to all of them", async () => {
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
