import { seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { InternalServerError } from "../errors/internal-server-error.js";
import { NetworkError } from "../errors/network-error.js";
import { NotFoundError } from "../errors/not-found-error.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.js";
import type { Policy } from "../pipeline/policy.js";

describe("a call", () => {
  test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)(
    "%s sends its method, path, query, headers and body",
    async (method) => {
      const server = await serve();
      const body = method === "GET" || method === "OPTIONS" ? undefined : { a: 1 };
      const { data, response } = await createAcme({ baseUrl: server.url })[method]("/things/{id}", {
        params: { path: { id: "a/b" }, query: { q: "x y" }, header: { "x-kind": "k" } },
        headers: { "x-mine": "1" },
        body,
      });
      expect(data).toEqual({ ok: true });
      expect(response).toMatchObject({ status: 200, attempts: [{ number: 1, status: 200 }], cache: undefined });
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).toMatchObject({ method, path: "/things/a%2Fb", query: { q: "x y" }, body });
      expect(server.requests[0]?.headers).toMatchObject({ "x-kind": "k", "x-mine": "1" });
    },
  );

  test("by an operation's constant is the same call", async () => {
    const server = await serve();
    await createAcme({ baseUrl: server.url }).call({ method: "POST", path: "/things" } as const, { body: { a: 1 } });
    expect(server.requests[0]).toMatchObject({ method: "POST", path: "/things", body: { a: 1 } });
  });

  test("HEAD has no data", async () => {
    const server = await serve();
    const { data, response } = await createAcme({ baseUrl: server.url }).HEAD("/things");
    expect(data).toBeUndefined();
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  test("takes its server, body form, query style and safety from the facts", async () => {
    const { fetch, requests } = stubFetch();
    const operations = {
      "POST /upload": {
        server: "https://files.acme.test/v1",
        body: "form-brackets",
        query: { tags: "comma" },
        safety: "unsafe",
      },
    } as const;
    await createAcme({ fetch }, {}, { operations }).POST("/upload", {
      body: { a: [1] },
      params: { query: { tags: ["x", "y"] } },
    });
    expect(requests[0]?.url).toBe("https://files.acme.test/v1/upload?tags=x%2Cy");
    expect(requests[0]?.body).toBe("a%5B0%5D=1");
    expect(requests[0]?.headers.has("idempotency-key")).toBe(false);
  });

  test("takes its server from the part of the API that its path is in, unless it has one of its own", async () => {
    const { fetch, requests } = stubFetch();
    const facts = {
      servers: { "/v2/": "https://v2.acme.test" },
      multiSegment: ["path"],
      operations: { "GET /v2/own": { server: "https://own.acme.test" }, "GET /v2/{path}/x": { multiSegment: [] } },
    };
    const acme = createAcme({ fetch }, {}, facts);
    const params = { path: { path: "a/b" } };
    await acme.GET("/v1/{path}", { params });
    await acme.GET("/v2/{path}", { params });
    await acme.GET("/v2/{path}/x", { params });
    await acme.GET("/v2/own");
    expect(requests.map(({ url }) => url)).toEqual([
      "https://api.acme.test/v1/a/b",
      "https://v2.acme.test/v2/a/b",
      "https://v2.acme.test/v2/a%2Fb/x",
      "https://own.acme.test/v2/own",
    ]);
  });

  test("R47: a path such as /__proto__ has no facts of its own", async () => {
    const { fetch, requests } = stubFetch();
    for (const path of ["/__proto__", "/constructor", "/toString"]) await createAcme({ fetch }).GET(path);
    expect(requests.map(({ url }) => url)).toEqual(
      ["/__proto__", "/constructor", "/toString"].map((path) => `https://api.acme.test${path}`),
    );
  });

  test("to a path without a slash in front is refused", async () => {
    expect(await rejection(createAcme().GET("things"))).toBeInstanceOf(ConfigurationError);
    expect(await rejection(createAcme().GET(undefined as never))).toBeInstanceOf(ConfigurationError);
  });

  test("leaves what it was given as it was", async () => {
    const { fetch } = stubFetch();
    const init = Object.freeze({
      params: Object.freeze({ path: Object.freeze({ id: 1 }), query: Object.freeze({ q: 1 }) }),
      headers: Object.freeze({ "x-a": "1" }),
      body: Object.freeze({ a: 1 }),
    });
    await createAcme(Object.freeze({ fetch })).POST("/things/{id}", init);
  });

  test("R47: __proto__ in an answer is data", async () => {
    const server = await serveWith(() => ({
      headers: { "content-type": "application/json" },
      body: new TextEncoder().encode('{"__proto__":{"polluted":1}}'),
    }));
    const { data } = await createAcme({ baseUrl: server.url }).GET("/things");
    expect(Object.hasOwn(data, "__proto__")).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("data", () => {
  test.each<[string, number, string | undefined, string | Uint8Array | undefined, unknown]>([
    ["JSON", 200, "application/json", '{"a":[1]}', { a: [1] }],
    ["JSON with a charset", 200, "application/json; charset=utf-8", "[1]", [1]],
    ["JSON in capitals", 200, "Application/JSON", "1", 1],
    ["a +json type", 200, "application/hal+json", "{}", {}],
    ["JSON of no declared type", 200, undefined, "{}", {}],
    ["JSON behind a byte order mark", 200, "application/json", new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), {}],
    ["text", 200, "text/csv", "a,b", "a,b"],
    ["bytes", 200, "application/pdf", new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    ["nothing, of an empty 200", 200, "application/json", "", undefined],
    ["nothing, of a 204", 204, undefined, undefined, undefined],
    ["nothing, of a 304", 304, undefined, undefined, undefined],
    ["nothing, of an empty 202", 202, undefined, "", undefined],
  ])("is %s", async (_, status, type, body, want) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const { fetch } = stubFetch(() => {
      const response = new Response(bytes as BodyInit | undefined, {
        status,
        headers: type === undefined ? {} : { "content-type": type },
      });
      return response;
    });
    const { data, response } = await createAcme({ fetch }).GET("/things");
    expect(data).toEqual(want);
    expect(response.status).toBe(status);
  });

  test("that is broken is a ResponseParseError which does not repeat it", async () => {
    const { fetch } = stubFetch(
      () => new Response("<html>canary", { headers: { "content-type": "application/json" } }),
    );
    const error = await rejection(createAcme({ fetch }).GET("/things"));
    expect(error).toMatchObject({ name: "ResponseParseError", operation: "GET /things", attempts: [{ status: 200 }] });
    expect(error.message).not.toContain("canary");
  });

  test("is the caller's own: what it does to it reaches no one", async () => {
    const server = await serve([], { body: { list: [1] } });
    const acme = createAcme({ baseUrl: server.url });
    const first = await acme.GET("/things");
    first.data.list.push(2);
    expect((await acme.GET("/things")).data).toEqual({ list: [1] });
    expect(JSON.parse(new TextDecoder().decode(first.response.body as Uint8Array))).toEqual({ list: [1] });
  });
});

describe("safe", () => {
  test("gives data and no error", async () => {
    const server = await serve();
    const result = await createAcme({ baseUrl: server.url }).safe.GET("/things");
    expect(result.error).toBeUndefined();
    expect(result.data).toEqual({ ok: true });
    expect(result.response?.status).toBe(200);
  });

  test("gives the provider's error, with the reply", async () => {
    const body = { error: { message: "gone", code: "resource_missing" } };
    const server = await serveWith(() => ({ status: 404, body }));
    const { data, error, response } = await createAcme({ baseUrl: server.url }).safe.GET("/things");
    expect(data).toBeUndefined();
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ body, code: "resource_missing" });
    expect(response?.status).toBe(404);
  });

  test.each([
    ["HEAD", 404],
    ["GET", 404],
    ["GET", 500],
    ["POST", 400],
  ] as const)("gives a defined error for an empty %s %i", async (method, status) => {
    const server = await serveWith(() => ({ status }));
    const { error } = await createAcme({ baseUrl: server.url, maxAttempts: 1 }).safe[method]("/things");
    expect(error).toMatchObject({ status, body: undefined });
  });

  test("gives an error without a reply where no answer came", async () => {
    const server = await serve([{ kind: "reset", after: "request", times: 9 }]);
    const { error, response } = await createAcme({ baseUrl: server.url, maxAttempts: 1 }).safe.GET("/things");
    expect(error).toBeInstanceOf(NetworkError);
    expect(response).toBeUndefined();
  });

  test("throws a mistake in options, and what a policy of the user's threw", async () => {
    expect(await rejection(createAcme().safe.GET("/things/{id}"))).toBeInstanceOf(ConfigurationError);
    const mistake = new Error("mine");
    const policy: Policy = { name: "mine", send: () => Promise.reject(mistake) };
    expect(await rejection(createAcme({ policies: { perCall: [policy] } }).safe.GET("/things"))).toBe(mistake);
  });
});

describe("policies of the user's", () => {
  test("stand once around the call and once around each attempt, which sees the credential", async () => {
    const seen: string[] = [];
    const watch = (name: string): Policy => ({
      name,
      async send(call, next) {
        seen.push(`${name} ${call.attempt} ${call.headers.has("authorization")}`);
        return next(call);
      },
    });
    const server = await serve([{ kind: "answer", status: 503 }]);
    await createAcme({
      baseUrl: server.url,
      random: () => 0,
      policies: { perCall: [watch("call")], perAttempt: [watch("attempt")] },
    }).GET("/things");
    expect(seen).toEqual(["call 1 false", "attempt 1 true", "attempt 2 true"]);
  });

  test("may answer in the provider's place", async () => {
    const body = new TextEncoder().encode('{"from":"policy"}');
    const answer: Policy = {
      name: "answer",
      send: async (call) => ({ status: 200, headers: new Headers(), url: call.url, body, attempts: [], cache: "hit" }),
    };
    const { fetch, requests } = stubFetch();
    const { data, response } = await createAcme({ fetch, policies: { perCall: [answer] } }).GET("/things");
    expect([data, response.cache, requests.length]).toEqual([{ from: "policy" }, "hit", 0]);
  });
});

describe("over real connections", () => {
  test("R1: calls to a provider that is down send few more requests than there are calls", async () => {
    const server = await serve(() => ({ kind: "answer", status: 503 }));
    const acme = createAcme({ baseUrl: server.url, random: () => 0 });
    for (let i = 0; i < 10; i += 1) await Promise.all(Array.from({ length: 50 }, () => acme.safe.GET("/things")));
    // 500 calls, and the 35 retries that a full budget holds.
    expect(server.requests).toHaveLength(535);
  });

  test("R2: of calls that fail now and then, as many succeed as the budget allows for", async () => {
    const random = seededRandom(2);
    const server = await serve(() => (random() < 0.1 ? { kind: "answer", status: 503 } : undefined));
    const acme = createAcme({ baseUrl: server.url, random: () => 0 });
    let succeeded = 0;
    for (let i = 0; i < 10; i += 1) {
      const results = await Promise.all(Array.from({ length: 50 }, () => acme.safe.GET("/things")));
      succeeded += results.filter(({ error }) => error === undefined).length;
    }
    expect(succeeded / 500).toBeGreaterThanOrEqual(0.99);
    expect(server.requests.length).toBeLessThanOrEqual(600);
  });

  test("R3: a provider that is down leaves the retries of another alone", async () => {
    const down = await serve(() => ({ kind: "answer", status: 503 }));
    const up = await serve([{ kind: "answer", status: 503 }]);
    const [a, b] = [
      createAcme({ baseUrl: down.url, random: () => 0 }),
      createAcme({ baseUrl: up.url, random: () => 0 }),
    ];
    for (let i = 0; i < 4; i += 1) await Promise.all(Array.from({ length: 25 }, () => a.safe.GET("/things")));
    expect((await b.GET("/things")).response.attempts).toHaveLength(2);
  });

  test.each([
    [{ kind: "reset", after: "request" }, 1_000, OutcomeUnknownError],
    [{ kind: "reset", after: "half-body" }, 250, OutcomeUnknownError],
    [{ kind: "answer", status: 500 }, 1_000, InternalServerError],
    [{ kind: "stall", after: "request" }, 100, OutcomeUnknownError],
  ] as const)(
    "R6: an unsafe write is on the wire exactly once, after %j, in %i calls of as many",
    async (fault, calls, Class) => {
      const server = await serve([{ ...fault, times: Number.POSITIVE_INFINITY }]);
      const attemptTimeoutMs = fault.kind === "stall" ? 1_000 : 30_000;
      const acme = createAcme({ baseUrl: server.url, attemptTimeoutMs, concurrency: 100 });
      const ids = Array.from({ length: calls }, (_, id) => id);
      const errors = await Promise.all(ids.map((id) => rejection(acme.PATCH("/things", { body: { id } }))));
      expect(errors.filter((error) => !(error instanceof Class))).toEqual([]);
      const seen = server.requests.map(({ body }) => (body as { id: number }).id);
      expect(seen.length).toBe(calls);
      expect(new Set(seen).size).toBe(calls);
    },
  );

  test("R6: a keyed write carries the same key on each attempt", async () => {
    const server = await serve([
      { kind: "reset", after: "request", applied: true },
      { kind: "answer", status: 500 },
    ]);
    await createAcme({ baseUrl: server.url, random: () => 0 }).POST("/things", { body: {} });
    const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  });
});
