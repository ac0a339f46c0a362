import { describe, expect, expectTypeOf, test } from "vitest";
import { createAcme, noFacts, secret } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/index.js";
import { allStrategies, type Connector, createConnector, type ProviderFacts, type ProviderProfile } from "../index.js";
import type { UnwrappedPaths } from "./typed-client.js";

const base = { auth: { kind: "bearer", env: "A" }, body: "json", errors: { message: ["message"] } } as const;

/** https://developers.asana.com/docs/object-hierarchy and https://developers.asana.com/docs/pagination */
const asana = {
  ...base,
  id: "asana",
  name: "Asana",
  baseUrl: "https://app.asana.com/api/1.0",
  envelope: { field: "data", beside: ["next_page"] },
  pagination: [
    { kind: "cursor", items: ["data"], from: { body: ["next_page", "offset"] }, into: { in: "query", name: "offset" } },
  ],
} as const satisfies ProviderProfile;
/** https://developers.cloudflare.com/fundamentals/api/reference/responses/ */
const cloudflare = {
  ...base,
  id: "cloudflare",
  name: "Cloudflare",
  baseUrl: "https://api.cloudflare.com/client/v4",
  envelope: { field: "result", beside: ["success", "errors", "messages", "result_info"] },
} as const satisfies ProviderProfile;

const user = { gid: "12345", name: "Greg Sanchez" };
const zone = { id: "372e67954025e0ba6aaa6d586b9e0b59" };
const wrapped = { success: true, errors: [], messages: [], result: zone };

type Options = Parameters<typeof createAcme>[0] & { unwrap?: boolean };
const create = (profile: ProviderProfile, options: Options, facts: Partial<ProviderFacts> = {}) =>
  createAcme({ auth: secret, ...options }, profile, facts);
type Client = ReturnType<typeof create>;
const respondWith = (body: unknown, init?: ResponseInit) => stubFetch(() => Response.json(body, init)).fetch;

describe("a client with the option `unwrap`", () => {
  test.each<[string, ProviderProfile, object, object]>([
    ["Asana", asana, { data: user }, user],
    ["Cloudflare", cloudflare, wrapped, zone],
  ])("has what the envelope has as its data: %s", async (...[, profile, body, content]) => {
    const client = create(profile, { fetch: respondWith(body), unwrap: true });
    expect((await client.GET("/me")).data).toEqual(content);
    expect((await client.POST("/me")).data).toEqual(content);
    expect((await client.call({ method: "GET", path: "/me" })).data).toEqual(content);
    expect((await client.request("PUT", "/other")).data).toEqual(content);
    const safe = await client.safe.GET("/me");
    expect([safe.data, safe.error, safe.response?.status]).toEqual([content, undefined, 200]);
  });

  test.each([undefined, false])("has the envelope without it: %j", async (unwrap) => {
    const client = create(asana, { fetch: respondWith({ data: user }), unwrap: unwrap as boolean });
    expect((await client.GET("/me")).data).toEqual({ data: user });
  });

  test("has the member also where it is null, false or empty", async () => {
    for (const data of [null, false, 0, "", [], {}]) {
      expect((await create(asana, { fetch: respondWith({ data }), unwrap: true }).GET("/me")).data).toEqual(data);
    }
  });

  test("has no data where a response has no body", async () => {
    const fetch = stubFetch(() => new Response(null, { status: 204 })).fetch;
    expect((await create(asana, { fetch, unwrap: true }).DELETE("/tasks/1")).data).toBeUndefined();
  });

  // https://developers.asana.com/reference/getevents: the token of the next request is beside `data`.
  test("has the envelope of an operation whose facts say so", async () => {
    const body = { data: [], sync: "de4774f6915eae04714ca93bb2f5ee81", has_more: false };
    const facts = { operations: { "GET /events": { envelope: false } } } as const;
    const client = create(asana, { fetch: respondWith(body), unwrap: true }, facts);
    expect((await client.GET("/events")).data).toEqual(body);
  });

  test("rejects a response that has no envelope, and does not say that a write was not applied", async () => {
    for (const body of [user, [user], "data", null]) {
      const client = create(asana, { fetch: respondWith(body), unwrap: true });
      const read = await client.safe.GET("/me");
      expect(read.error).toMatchObject({ name: "ResponseParseError", operation: "GET /me" });
      expect(read.error?.message).toContain('expected JSON with the member "data"');
      expect(read.response?.status).toBe(200);
      expect(await rejection(client.POST("/tasks"))).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown" });
    }
  });

  test("has the text or the bytes of an operation that responds with anything", async () => {
    const fetch = stubFetch(() => new Response("a,b", { headers: { "content-type": "text/csv" } })).fetch;
    const facts = { operations: { "GET /export": { response: "any" } } } as const;
    expect((await create(asana, { fetch, unwrap: true }, facts).GET("/export")).data).toBe("a,b");
  });

  test("streams a response as it arrives, and has its errors as they are", async () => {
    const streamed = await create(asana, { fetch: respondWith({ data: user }), unwrap: true }).stream.GET("/me");
    expect(await new Response(streamed.data).json()).toEqual({ data: user });
    const failing = create(asana, { fetch: respondWith({ message: "no" }, { status: 404 }), unwrap: true });
    expect(await rejection(failing.GET("/me"))).toMatchObject({ name: "NotFoundError", body: { message: "no" } });
  });

  test("iterates over a list in the same way, whose pages are whole", async () => {
    const pages = [
      { data: [{ gid: "1" }], next_page: { offset: "eyJ0eXAiOiJKV1Q", path: "/tasks", uri: "https://app.asana.com" } },
      { data: [{ gid: "2" }], next_page: null },
    ];
    const { fetch } = stubFetch(({ url }) => Response.json(pages[url.includes("offset=") ? 1 : 0]));
    const client = create(asana, { fetch, unwrap: true });
    const items: unknown[] = [];
    for await (const page of client.paginate("/tasks").pages()) items.push(page.data);
    expect(items).toEqual(pages);
    for await (const item of client.paginate("/tasks")) items.push(item);
    expect(items.slice(2)).toEqual([{ gid: "1" }, { gid: "2" }]);
  });

  test("takes it off a response of the cache as well, which a client without the option finds whole", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ data: user }));
    const cache = tieredCache();
    const [opened, whole] = [true, false].map((unwrap) => create(asana, { fetch, cache, unwrap })) as [Client, Client];
    for (const client of [opened, opened, whole]) await client.GET("/me", { cache: { ttlMs: 60_000 } });
    expect((await opened.GET("/me", { cache: { ttlMs: 60_000 } })).data).toEqual(user);
    expect((await whole.GET("/me", { cache: { ttlMs: 60_000 } })).data).toEqual({ data: user });
    expect(requests).toHaveLength(1);
  });

  test("is possible only where the profile has an envelope", () => {
    const { envelope: _, ...plain } = asana;
    expect(() => create(plain, { unwrap: true })).toThrow("unknown option `unwrap`");
  });

  test("has the types of the content", () => {
    interface Paths {
      GET: {
        "/me": { args: [init?: object]; data: { data?: { gid: string } }; error: never; content: { gid: string } };
        "/events": { args: [init?: object]; data: { data: string[]; sync: string }; error: never };
      };
      POST: object;
      PUT: object;
      PATCH: object;
      DELETE: object;
      HEAD: object;
      OPTIONS: object;
      pages: object;
    }
    const client = createConnector<UnwrappedPaths<Paths>>(
      { profile: cloudflare, facts: noFacts, strategies: allStrategies(cloudflare) },
      { auth: secret },
    );
    type Client = Connector<UnwrappedPaths<Paths>>;
    expectTypeOf(client).toEqualTypeOf<Client>();
    const read = async () => {
      const { data } = await client.GET("/me");
      expectTypeOf(data).toEqualTypeOf<{ gid: string }>();
      const events = await client.GET("/events");
      expectTypeOf(events.data).toEqualTypeOf<{ data: string[]; sync: string }>();
      // @ts-expect-error: it has no such path
      await client.GET("/mee");
    };
    expect(read).toBeTypeOf("function");
  });
});
