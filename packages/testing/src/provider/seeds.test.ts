import type { Pagination } from "@connectry/core";
import * as faker from "json-schema-faker";
import { expect, test, vi } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { documentOf, ids, list, parameter, profileOf, read, text } from "../../test/paged-list.js";
import { fakeHandler } from "./fake-handler.js";
import { fakeProvider } from "./fake-provider.js";

vi.mock("json-schema-faker", { spy: true });

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

test("10,000 items with ids take no more samples than a short list, and each is checked", async () => {
  const acme = fakeHandler({ document: acmeDocument, profile: acmeProfile });
  const items = Array.from({ length: 10_000 }, (_, index) => ({ id: `w_${index}`, name: `Ada ${index}` }));
  const generated = vi.mocked(faker.generateSync).mockClear();
  acme.seed("/widgets", items);
  expect(generated.mock.calls.length).toBeLessThanOrEqual(25);
  const read = async (path: string) =>
    (await acme.fetch(`https://api.acme.test/v2${path}`, { headers: { "x-acme-key": "k" } })).json();
  expect((await read("/widgets?limit=100")).results).toHaveLength(100);
  expect(await read("/widgets/w_9999")).toMatchObject({ id: "w_9999", name: "Ada 9999" });
  const wrong = [...items, { id: "w_last", name: 5 }];
  expect(() => acme.seed("/widgets", wrong)).toThrow("item 10000 is invalid: name must be string, got 5");
});

test("items without ids of their own have different ones", async () => {
  const acme = fakeHandler({ document: acmeDocument, profile: acmeProfile });
  acme.seed(
    "/widgets",
    Array.from({ length: 60 }, (_, index) => ({ name: `Ada ${index}` })),
  );
  const response = await acme.fetch("https://api.acme.test/v2/widgets?limit=100", { headers: { "x-acme-key": "k" } });
  const { results } = await response.json();
  expect(new Set(results.map(({ id }: { id: string }) => id)).size).toBe(60);
});
