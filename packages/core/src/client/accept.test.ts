import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/tiered-cache.js";
import { toFetch } from "./fetch/to-fetch.js";

const pdf = { operations: { "GET /things": { accept: "application/pdf", response: "any" } } } as const;

/** The header `Accept` of a request, for which a function is given the `fetch` of the client. */
async function acceptOf(send: (fetch: typeof globalThis.fetch) => Promise<unknown>) {
  const { fetch, requests } = stubFetch();
  await send(fetch);
  return requests[0]?.headers.get("accept");
}

describe("a call asks for", () => {
  test("JSON, where the document has nothing else", async () => {
    expect(await acceptOf((fetch) => createAcme({ fetch }).GET("/things"))).toBe("application/json");
  });

  test("what the facts say of its operation, or of most of them", async () => {
    expect(await acceptOf((fetch) => createAcme({ fetch }, {}, pdf).GET("/things"))).toBe("application/pdf");
    const facts = { accept: "application/vnd.api+json" };
    expect(await acceptOf((fetch) => createAcme({ fetch }, {}, facts).GET("/things"))).toBe("application/vnd.api+json");
  });

  test("what its caller, its client or its profile says instead", async () => {
    const headers = { Accept: "text/csv" };
    expect(await acceptOf((fetch) => createAcme({ fetch }, {}, pdf).GET("/things", { headers }))).toBe("text/csv");
    expect(await acceptOf((fetch) => createAcme({ fetch, headers }, {}, pdf).GET("/things"))).toBe("text/csv");
    expect(await acceptOf((fetch) => createAcme({ fetch }, { headers: { accept: "a/b" } }, pdf).GET("/things"))).toBe(
      "a/b",
    );
    const header = { accept: "text/csv" };
    expect(await acceptOf((fetch) => createAcme({ fetch }).GET("/things", { params: { header } }))).toBe("text/csv");
  });

  test("anything, where nobody knows what comes: a stream, an operation that the document lacks, another library", async () => {
    expect(await acceptOf((fetch) => createAcme({ fetch }).stream.GET("/things"))).toBe("*/*");
    expect(await acceptOf((fetch) => createAcme({ fetch }).request("GET", "/other"))).toBe("*/*");
    expect(await acceptOf((fetch) => toFetch(createAcme({ fetch }))("/things"))).toBe("*/*");
  });
});

test("what its caller asked for is data in its own media type: text, although the document promises JSON", async () => {
  const { fetch } = stubFetch(() => new Response("<x/>", { headers: { "content-type": "text/xml" } }));
  const acme = createAcme({ fetch });
  expect((await acme.GET("/things", { headers: { accept: "text/xml" } })).data).toBe("<x/>");
  expect(await rejection(acme.GET("/things"))).toMatchObject({ name: "ResponseParseError" });
});

test("responses in different media types are stored apart", async () => {
  const { fetch, requests } = stubFetch(({ headers }) => Response.json({ accept: headers.get("accept") }));
  const acme = createAcme({ fetch, cache: tieredCache() });
  const cache = { ttlMs: 60_000 };
  for (const accept of [undefined, "application/vnd.x+json", undefined, "application/vnd.x+json"]) {
    const { data } = await acme.GET("/things", { cache, ...(accept && { headers: { accept } }) });
    expect(data).toEqual({ accept: accept ?? "application/json" });
  }
  expect(requests).toHaveLength(2);
});
