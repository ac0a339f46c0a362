import { expect, expectTypeOf, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { lastItem } from "../../test/paged-list.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { type PathList, type PathMethod, pathClient } from "./path-client.js";

interface Widget {
  readonly id: string;
}

interface Entry {
  args: [init: { params: { path: { widget: string } } }];
  data: Widget;
  error: Error;
}

interface ByPath {
  readonly "/v1/widgets/{widget}": { readonly GET: PathMethod<Entry>; readonly POST: PathMethod<Entry> };
  readonly "/v1/widgets": { readonly paginate: PathList<{ args: []; item: Widget; page: { data: Widget[] } }> };
}

const params = { path: { widget: "a" } };

function setUp(respond?: Parameters<typeof stubFetch>[0]) {
  const { fetch, requests } = stubFetch(respond);
  const client = createAcme({ fetch, random: () => 0, maxAttempts: 1 }, { pagination: [lastItem] });
  return { acme: pathClient<ByPath>(client), requests };
}

test("a member of a path is the call of the client", async () => {
  const { acme, requests } = setUp(() => Response.json({ id: "a" }));
  const { data } = await acme["/v1/widgets/{widget}"].GET({ params });
  expectTypeOf(data).toEqualTypeOf<Widget>();
  expect(data).toEqual({ id: "a" });
  await acme["/v1/widgets/{widget}"].POST({ params });
  expect(requests.map(({ method, url }) => [method, new URL(url).pathname])).toEqual([
    ["GET", "/v1/widgets/a"],
    ["POST", "/v1/widgets/a"],
  ]);
});

test("a call throws its error, and `safe` has it in the result", async () => {
  const { acme } = setUp(() => Response.json({}, { status: 404 }));
  const { GET } = acme["/v1/widgets/{widget}"];
  await expect(GET({ params })).rejects.toMatchObject({ name: "NotFoundError" });
  const { data, error } = await GET.safe({ params });
  expect([data, error?.name]).toEqual([undefined, "NotFoundError"]);
});

test("`stream` has the bytes of the response", async () => {
  const { acme } = setUp(() => new Response("bytes"));
  const { data } = await acme["/v1/widgets/{widget}"].GET.stream({ params });
  expect(await new Response(data).text()).toBe("bytes");
});

test("`paginate` iterates over the list of the path", async () => {
  const { acme } = setUp(() => Response.json({ data: [{ id: "a" }, { id: "b" }], has_more: false }));
  const ids: string[] = [];
  for await (const { id } of acme["/v1/widgets"].paginate()) ids.push(id);
  expect(ids).toEqual(["a", "b"]);
});

test("only paths are members, so that it can be awaited, and nothing can be changed", async () => {
  const { acme } = setUp();
  expect(await Promise.resolve(acme)).toBe(acme);
  expect(acme["/v1/widgets"]).toBe(acme["/v1/widgets"]);
  expect(() => Object.assign(acme, { "/v1/widgets": {} })).toThrow(TypeError);
  expect(() => Object.assign(acme["/v1/widgets"], { paginate: undefined })).toThrow(TypeError);
});

test("a client whose data is without its envelope is refused, because the types are those of whole responses", () => {
  const options = { unwrap: true } as object;
  const unwrapped = createAcme(options, { envelope: { field: "data" } });
  expect(() => pathClient<ByPath>(unwrapped)).toThrow("Acme: the types of paths are those of whole responses");
  expect(() => pathClient<ByPath>(createAcme({}, { envelope: { field: "data" } }))).not.toThrow();
});
