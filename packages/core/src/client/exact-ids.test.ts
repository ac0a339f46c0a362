import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { keySecret } from "../../test/cache.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/tiered-cache.js";

const id = "9007199254740993";
const json = { headers: { "content-type": "application/json" } };

test("an id beyond 2^53 keeps its digits, from the response to the next call, and from every kind of cache", async () => {
  for (const frozen of [false, true]) {
    const { fetch, requests } = stubFetch(() => new Response(`{"id":${id}}`, json));
    const acme = createAcme({ fetch, cache: tieredCache({ keySecret, memory: { frozen } }) });
    const init = { cache: { ttlMs: 60_000 } };
    for (const _ of [1, 2]) expect((await acme.GET("/things", init)).data.id).toBe(id);
    await acme.GET("/things/{id}", { params: { path: { id: (await acme.GET("/things", init)).data.id } } });
    expect(requests.map(({ url }) => url)).toEqual([
      "https://api.acme.test/things",
      `https://api.acme.test/things/${id}`,
    ]);
  }
});

test("a cursor beyond 2^53 leads to the next page", async () => {
  const { fetch, requests } = stubFetch(
    (_, count) => new Response(`{"data":[{"id":${id}}],"next":${count === 1 ? id : "null"}}`, json),
  );
  const pagination = [
    { kind: "cursor", items: ["data"], from: { body: ["next"] }, into: { in: "query", name: "after" } },
  ] as const;
  const items: unknown[] = [];
  for await (const item of createAcme({ fetch }, { pagination }).paginate("/things")) items.push(item);
  expect(items).toEqual([{ id }, { id }]);
  expect(requests[1]?.url).toBe(`https://api.acme.test/things?after=${id}`);
});
