import { canaryScan, fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme, secret } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { serve, serveWith } from "../../../test/serve.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { OutcomeUnknownError, TimeoutError } from "../../errors/call-errors.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import type { Limits } from "../options.js";
import { toFetch } from "./to-fetch.js";

const json = { method: "POST", headers: { "content-type": "application/json" }, body: '{"a":1}' };

describe("toFetch sends like its connector", () => {
  test("with credential and headers, and with retry where it is asked for", async () => {
    const server = await serve([
      { kind: "response", status: 503 },
      { kind: "reset", after: "request" },
    ]);
    const acme = createAcme({ baseUrl: server.url, random: () => 0, headers: { "x-mine": "1" } });
    const response = await toFetch(acme, { maxAttempts: 3 })(`${server.url}/things?a=1`, {
      headers: { "x-yours": "2" },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
    expect(response.url).toBe(`${server.url}/things?a=1`);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[2]?.headers).toMatchObject({
      "x-mine": "1",
      "x-yours": "2",
      "user-agent": "connectry-acme",
    });
    expect(server.requests[2]?.headers.authorization).toBe(`Bearer ${secret}`);
  });

  test("with the same idempotency key and body on each attempt of a write", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const acme = createAcme({ baseUrl: server.url, random: () => 0 });
    await toFetch(acme, { maxAttempts: 2 })(`${server.url}/things`, json);
    expect(server.requests.map(({ body }) => body)).toEqual([{ a: 1 }, { a: 1 }]);
    expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  test.each([503, "reset"])("once, unless maxAttempts asks for more, also where the client does: %s", async (fault) => {
    const server = await serve(() =>
      fault === "reset" ? { kind: "reset", after: "request" } : { kind: "response", status: 503 },
    );
    const acme = createAcme({ baseUrl: server.url, maxAttempts: 5 });
    for (const init of [{}, json]) await toFetch(acme)("/things", init).catch(() => {});
    expect(server.requests).toHaveLength(2);
  });

  test("again with a fresh credential after a 401", async () => {
    const server = await serve([{ kind: "response", status: 401 }]);
    const auth = ({ refresh }: { readonly refresh: boolean }) => (refresh ? "fresh" : "stale");
    expect((await toFetch(createAcme({ baseUrl: server.url, auth }))("/things")).status).toBe(200);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer stale", "Bearer fresh"]);
  });

  test("R6: toFetch sends an unsafe write once", async () => {
    const server = await serve([{ kind: "reset", after: "request" }]);
    const acme = createAcme({ baseUrl: server.url });
    const init = { ...json, method: "PATCH" };
    const error = await rejection(toFetch(acme, { maxAttempts: 3 })(`${server.url}/things`, init));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(server.requests).toHaveLength(1);
  });

  test("under the connector's deadline", async () => {
    const server = await serve([{ kind: "stall", after: "request" }]);
    const acme = createAcme({ baseUrl: server.url, deadlineMs: 50 });
    expect(await rejection(toFetch(acme)(`${server.url}/things`))).toBeInstanceOf(TimeoutError);
  });

  test.each<[string, { readonly ofClient?: Limits; readonly ofFetch?: Limits; readonly limitMs: number }]>([
    ["10 minutes by default, as an SDK that waits for a completion does", { limitMs: 600_000 }],
    ["the client's own limit", { ofClient: { attemptTimeoutMs: 20_000 }, limitMs: 20_000 }],
    [
      "the limit of toFetch",
      { ofClient: { attemptTimeoutMs: 1 }, ofFetch: { attemptTimeoutMs: 90_000 }, limitMs: 90_000 },
    ],
  ])("until the response begins, for %s", async (_, { ofClient, ofFetch, limitMs }) => {
    const clock = fakeClock();
    const { fetch } = stubFetch(() => new Promise(() => {}));
    const acme = createAcme({ fetch, clock, ...ofClient });
    let error: unknown;
    void toFetch(acme, { deadlineMs: Infinity, ...ofFetch })("/things").catch((reason: unknown) => {
      error = reason;
    });
    await clock.advance(limitMs - 1);
    expect(error).toBeUndefined();
    await clock.advance(20);
    expect(error).toMatchObject({ name: "TimeoutError", limit: "attempt", limitMs });
  });

  test("only with options that exist", () => {
    const acme = createAcme();
    expect(() => toFetch(acme, { retry: true } as object)).toThrow(/toFetch: unknown option `retry`/);
    expect(() => toFetch(acme, { concurrency: 3 } as object)).toThrow(/toFetch: unknown option `concurrency`/);
    expect(() => toFetch(acme, { maxAttempts: 0 })).toThrow(/maxAttempts must be a positive integer/);
    expect(() => toFetch(acme, { callerCredential: "drop" as never })).toThrow(/must be "reject", "replace" or "keep"/);
  });

  test("to the base URL of the connector, where the address is a path", async () => {
    const { fetch, requests } = stubFetch();
    const acme = createAcme({ fetch, baseUrl: "https://api.acme.test/v1" });
    await toFetch(acme)("things");
    await toFetch(acme)("/v2/things");
    await toFetch(acme)(new URL("https://api.acme.test/v3"));
    expect(requests.map(({ url }) => url)).toEqual([
      "https://api.acme.test/v1/things",
      "https://api.acme.test/v2/things",
      "https://api.acme.test/v3",
    ]);
  });
});

describe("the body", () => {
  test("of a Request is sent on each attempt", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const request = new Request(`${server.url}/things`, { ...json, headers: { ...json.headers, "x-a": "1" } });
    await toFetch(createAcme({ baseUrl: server.url, random: () => 0 }), { maxAttempts: 2 })(request);
    expect(
      server.requests.map(({ method, body, headers }) => [method, body, headers["x-a"], headers["content-type"]]),
    ).toEqual(Array(2).fill(["POST", { a: 1 }, "1", "application/json"]));
  });

  test("of init takes precedence over that of the Request, as in fetch", async () => {
    const server = await serve();
    const request = new Request(`${server.url}/things`, json);
    await toFetch(createAcme({ baseUrl: server.url }))(request, { method: "PUT", body: '{"b":2}' });
    expect(server.requests[0]).toMatchObject({ method: "PUT", body: { b: 2 } });
  });

  test.each<[string, BodyInit, RegExp]>([
    ["FormData", Object.assign(new FormData()), /^multipart\/form-data; boundary=/],
    ["URLSearchParams", new URLSearchParams({ a: "1" }), /^application\/x-www-form-urlencoded/],
    ["a Blob", new Blob(["x"], { type: "image/png" }), /^image\/png$/],
    ["text", "x", /^text\/plain/],
  ])("that is %s has the content type that fetch sets", async (_, body, type) => {
    const server = await serve();
    await toFetch(createAcme({ baseUrl: server.url }))(`${server.url}/things`, { method: "POST", body });
    expect(server.requests[0]?.headers["content-type"]).toMatch(type);
  });

  test("that is a stream is sent once", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const body = new Blob(["abc"]).stream();
    const init = { method: "POST", body, duplex: "half" } as RequestInit;
    const fetch = toFetch(createAcme({ baseUrl: server.url }), { maxAttempts: 3 });
    const response = await fetch(`${server.url}/things`, init);
    expect(response.status).toBe(503);
    expect(server.requests.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(["abc"]);
  });
});

describe("the response", () => {
  test.each([400, 404, 422, 500])("with status %i is returned, not thrown", async (status) => {
    const server = await serveWith(() => ({ status, body: { error: "x" } }));
    const response = await toFetch(createAcme({ baseUrl: server.url, maxAttempts: 1 }))(`${server.url}/things`);
    expect(response.status).toBe(status);
    expect(response.ok).toBe(false);
    expect(await response.json()).toEqual({ error: "x" });
  });

  test.each([204, 304])("with status %i has no body", async (status) => {
    const server = await serveWith(() => ({ status }));
    const response = await toFetch(createAcme({ baseUrl: server.url }))(`${server.url}/things`);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe("");
  });

  test("that was compressed has neither a content encoding nor a length", async () => {
    const server = await serve([{ kind: "gzip-bomb", decodedBytes: 1_000 }]);
    const response = await toFetch(createAcme({ baseUrl: server.url }))(`${server.url}/things`);
    expect([response.headers.get("content-encoding"), response.headers.get("content-length")]).toEqual([null, null]);
    expect(await response.json()).toHaveLength(998);
  });

  test("is the caller's own copy", async () => {
    const server = await serve();
    const acme = createAcme({ baseUrl: server.url });
    const [a, b] = await Promise.all([toFetch(acme)("/things"), toFetch(acme)("/things")]);
    new Uint8Array(await a.arrayBuffer()).fill(0);
    expect(await b.json()).toEqual({ ok: true });
  });
});

describe("R41: toFetch rejects an address on another origin", () => {
  test.each([
    "https://evil.test/",
    "//evil.test/",
    "http://api.acme.test/",
    "https://api.acme.test:8443/",
    "https://user:pass@api.acme.test/",
    "https://api.acme.test@evil.test/",
    "\\\\evil.test",
    "/\\evil.test",
    "ftp://api.acme.test/",
    "data:text/plain,x",
    "https://[",
  ])("%s", async (address) => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(toFetch(createAcme({ fetch }))(address));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(/https:\/\/api\.acme\.test/);
    expect(requests).toEqual([]);
    expect(canaryScan(secret, error)).toEqual([]);
  });

  test("given as a Request or a URL", async () => {
    const { fetch, requests } = stubFetch();
    const acme = createAcme({ fetch });
    expect(await rejection(toFetch(acme)(new Request("https://evil.test/")))).toBeInstanceOf(ConfigurationError);
    expect(await rejection(toFetch(acme)(new URL("https://evil.test/")))).toBeInstanceOf(ConfigurationError);
    expect(requests).toEqual([]);
  });
});

describe("R9: the signal", () => {
  test("of init or of the Request aborts the call, which rejects with the reason", async () => {
    const server = await serve([{ kind: "stall", after: "request", times: 2 }]);
    const acme = createAcme({ baseUrl: server.url });
    for (const sendWith of [
      (signal: AbortSignal) => toFetch(acme)("/things", { signal }),
      (signal: AbortSignal) => toFetch(acme)(new Request(`${server.url}/things`, { signal })),
    ]) {
      const controller = new AbortController();
      const sentBefore = server.requests.length;
      const error = rejection(sendWith(controller.signal));
      await expect.poll(() => server.requests.length).toBe(sentBefore + 1);
      controller.abort("enough");
      expect(await error).toBe("enough");
    }
  });

  test("that is already aborted prevents the request", async () => {
    const { fetch, requests } = stubFetch();
    expect(await rejection(toFetch(createAcme({ fetch }))("/things", { signal: AbortSignal.abort("before") }))).toBe(
      "before",
    );
    expect(requests).toEqual([]);
  });
});
