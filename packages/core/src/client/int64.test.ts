import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { keySecret } from "../../test/cache.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/tiered-cache.js";
import { parseBigInts } from "../platform/parse-json.js";
import { formatExactJson } from "../serialization/format-exact-json.js";

const id = "9007199254740993";
const json = { headers: { "content-type": "application/json" } };

test("an id beyond 2^53 is a bigint where the profile says so, also from every kind of cache", async () => {
  for (const frozen of [false, true]) {
    const { fetch, requests } = stubFetch(() => new Response(`{"id":${id},"small":1,"text":"${id}"}`, json));
    const acme = createAcme({ fetch, cache: tieredCache({ keySecret, memory: { frozen } }) }, { int64: "bigint" });
    const init = { cache: { ttlMs: 60_000 } };
    for (const _ of [1, 2, 3])
      expect((await acme.GET("/things", init)).data).toEqual({ id: BigInt(id), small: 1, text: id });
    expect(requests).toHaveLength(1);
  }
});

test("a bigint is sent with all its digits in a path, a query and a JSON body", async () => {
  const { fetch, requests } = stubFetch(() => new Response("{}", json));
  const acme = createAcme({ fetch }, { body: "json" });
  const params = { path: { id: BigInt(id) }, query: { after: BigInt(id) } };
  await acme.request("POST", "/things/{id}", { params, body: { id: BigInt(id), text: "bigint:1", ids: [-1n] } });
  expect(requests[0]?.url).toBe(`https://api.acme.test/things/${id}?after=${id}`);
  expect(requests[0]?.body).toBe(`{"id":${id},"text":"bigint:1","ids":[-1]}`);
});

test("a bigint within JSON is written with all its digits in a query, a header, a cookie and each kind of form", async () => {
  const { fetch, requests } = stubFetch(() => new Response("{}", json));
  const json64 = { style: "json" } as const;
  const parameters = { query: { filter: json64 }, header: { filter: json64 }, cookie: { filter: json64 } };
  const acme = createAcme({ fetch }, { query: "json" }, { operations: { "GET /things": { parameters } } });
  const filter = { id: BigInt(id) };
  const text = `{"id":${id}}`;
  const params = { query: { filter, other: [filter] }, header: { filter }, cookie: { filter } };
  await acme.GET("/things", { params });
  const sent = requests[0];
  expect(new URL(sent?.url ?? "").search).toBe(
    `?other=${encodeURIComponent(`[${text}]`)}&filter=${encodeURIComponent(text)}`,
  );
  expect(sent?.headers.get("filter")).toBe(text);
  expect(sent?.headers.get("cookie")).toBe(`filter=${encodeURIComponent(text)}`);

  for (const body of ["form-repeat", "form-json"] as const)
    await createAcme({ fetch }, { body }).request("POST", "/things", { body: { filter, id: BigInt(id) } });
  for (const { body } of requests.slice(1))
    expect([...new URLSearchParams(String(body))]).toEqual([
      ["filter", text],
      ["id", id],
    ]);
  await createAcme({ fetch }, { body: "multipart" }).request("POST", "/things", { body: { filter, id: BigInt(id) } });
  const multipart = requests.at(-1);
  const form = await new Response(multipart?.body as BodyInit, { headers: multipart?.headers ?? {} }).formData();
  expect(form.get("filter")).toBe(text);
  expect(form.get("id")).toBe(id);
  await createAcme({ fetch }, { body: "form-brackets" }).request("POST", "/things", { body: { filter } });
  expect(requests.at(-1)?.body).toBe(`filter%5Bid%5D=${id}`);
});

test.each(["bigint:1", '"bigint:1"', "bigint::1", "\\bigint:1"])("a text like a mark stays text: %s", (text) => {
  const written = formatExactJson("body", { [text]: text, id: BigInt(id) }, undefined);
  expect(parseBigInts(written)).toEqual({ [text]: text, id: BigInt(id) });
});

test("what is nested, a text of digits and a key __proto__ are read as they are", () => {
  const data = parseBigInts(`[${id},{"a":[${id},"${id}",1.5,null],"__proto__":-${id}}]`) as [bigint, { a: unknown }];
  expect(data[0]).toBe(BigInt(id));
  expect(data[1].a).toEqual([BigInt(id), id, 1.5, null]);
  expect(Object.entries(data[1])).toContainEqual(["__proto__", -BigInt(id)]);
  expect(() => parseBigInts("{")).toThrow(SyntaxError);
});
