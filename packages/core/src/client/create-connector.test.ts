import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { NotFoundError } from "../errors/api-errors.js";
import { NetworkError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
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

  test("by the constant of an operation sends the same request", async () => {
    const server = await serve();
    await createAcme({ baseUrl: server.url }).call({ method: "POST", path: "/things" } as const, { body: { a: 1 } });
    expect(server.requests[0]).toMatchObject({ method: "POST", path: "/things", body: { a: 1 } });
  });

  test("of HEAD has no data", async () => {
    const server = await serve();
    const { data, response } = await createAcme({ baseUrl: server.url }).HEAD("/things");
    expect(data).toBeUndefined();
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  test("uses server, body form, query style and safety of the facts", async () => {
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
    expect(requests[0]?.url).toBe("https://files.acme.test/v1/upload?tags=x,y");
    expect(requests[0]?.body).toBe("a%5B0%5D=1");
    expect(requests[0]?.headers.has("idempotency-key")).toBe(false);
  });

  test("uses the server of the beginning of its path, unless the operation has its own", async () => {
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

  test("R47: a path such as /__proto__ does not take inherited properties for facts", async () => {
    const { fetch, requests } = stubFetch();
    for (const path of ["/__proto__", "/constructor", "/toString"]) await createAcme({ fetch }).GET(path);
    expect(requests.map(({ url }) => url)).toEqual(
      ["/__proto__", "/constructor", "/toString"].map((path) => `https://api.acme.test${path}`),
    );
  });

  test("to a path that does not start with a slash is rejected", async () => {
    expect(await rejection(createAcme().GET("things"))).toBeInstanceOf(ConfigurationError);
    expect(await rejection(createAcme().GET(undefined as never))).toBeInstanceOf(ConfigurationError);
  });

  test("does not change its options", async () => {
    const { fetch } = stubFetch();
    const init = Object.freeze({
      params: Object.freeze({ path: Object.freeze({ id: 1 }), query: Object.freeze({ q: 1 }) }),
      headers: Object.freeze({ "x-a": "1" }),
      body: Object.freeze({ a: 1 }),
    });
    await createAcme(Object.freeze({ fetch })).POST("/things/{id}", init);
  });

  test("R47: __proto__ in a response is data", async () => {
    const server = await serveWith(() => ({
      headers: { "content-type": "application/json" },
      body: new TextEncoder().encode('{"__proto__":{"polluted":1}}'),
    }));
    const { data } = await createAcme({ baseUrl: server.url }).GET("/things");
    expect(Object.hasOwn(data, "__proto__")).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("a safe call", () => {
  test("returns data and no error", async () => {
    const server = await serve();
    const result = await createAcme({ baseUrl: server.url }).safe.GET("/things");
    expect(result.error).toBeUndefined();
    expect(result.data).toEqual({ ok: true });
    expect(result.response?.status).toBe(200);
  });

  test("returns the error of the provider, with the reply", async () => {
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
  ] as const)("returns an error for an empty response to %s with status %i", async (method, status) => {
    const server = await serveWith(() => ({ status }));
    const { error } = await createAcme({ baseUrl: server.url, maxAttempts: 1 }).safe[method]("/things");
    expect(error).toMatchObject({ status, body: undefined });
  });

  test("returns an error without a reply where no response arrived", async () => {
    const server = await serve([{ kind: "reset", after: "request", times: 9 }]);
    const { error, response } = await createAcme({ baseUrl: server.url, maxAttempts: 1 }).safe.GET("/things");
    expect(error).toBeInstanceOf(NetworkError);
    expect(response).toBeUndefined();
  });

  test("throws a mistake in options, and an error of a policy of the user", async () => {
    expect(await rejection(createAcme().safe.GET("/things/{id}"))).toBeInstanceOf(ConfigurationError);
    const mistake = new Error("mine");
    const policy: Policy = { name: "mine", send: () => Promise.reject(mistake) };
    expect(await rejection(createAcme({ policies: { perCall: [policy] } }).safe.GET("/things"))).toBe(mistake);
  });
});

describe("policies of the user", () => {
  test("run once per call, or once per attempt, where they see the credential", async () => {
    const seen: string[] = [];
    const watch = (name: string): Policy => ({
      name,
      async send(call, next) {
        seen.push(`${name} ${call.attempt} ${"authorization" in call.headers}`);
        return next(call);
      },
    });
    const server = await serve([{ kind: "response", status: 503 }]);
    await createAcme({
      baseUrl: server.url,
      random: () => 0,
      policies: { perCall: [watch("call")], perAttempt: [watch("attempt")] },
    }).GET("/things");
    expect(seen).toEqual(["call 1 false", "attempt 1 true", "attempt 2 true"]);
  });

  test("may return a reply in place of the provider", async () => {
    const body = new TextEncoder().encode('{"from":"policy"}');
    const verdict = { kind: "success", retryAfterMs: undefined, notApplied: false, maybeApplied: false } as const;
    const reply = { status: 200, headers: new Headers(), body, verdict, attempts: [], cache: "hit" } as const;
    const substitute: Policy = { name: "substitute", send: async ({ url }) => ({ ...reply, url }) };
    const { fetch, requests } = stubFetch();
    const { data, response } = await createAcme({ fetch, policies: { perCall: [substitute] } }).GET("/things");
    expect([data, response.cache, requests.length]).toEqual([{ from: "policy" }, "hit", 0]);
  });
});
