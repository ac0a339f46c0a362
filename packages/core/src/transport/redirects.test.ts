import { canaryScan, twoOrigins } from "@connectry/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { AuthScheme } from "../connector/profile.js";
import { UnsafeRedirectError } from "../errors/unsafe-redirect-error.js";

const schemes: AuthScheme[] = [
  { kind: "bearer", env: "ACME_SECRET_KEY" },
  { kind: "header", name: "x-api-key", env: "ACME_SECRET_KEY" },
  { kind: "query", name: "api_key", env: "ACME_SECRET_KEY" },
  { kind: "basic", username: { name: "id", env: "ACME_ID" }, password: { name: "token", env: "ACME_TOKEN" } },
];
const authOf = ({ kind }: AuthScheme) => (kind === "basic" ? { id: "AC123", token: secret } : secret);

async function origins() {
  const both = await twoOrigins();
  onTestFinished(() => both.close());
  return both;
}

describe.each(schemes)("R41: a credential sent as $kind", (auth) => {
  test.each([300, 301, 302, 303, 305, 307, 308] as const)("does not follow a %i to another origin", async (status) => {
    const { first, second } = await origins();
    first.faults.push({ kind: "answer", status, headers: { location: `${second.url}/elsewhere` } });
    const acme = createAcme(
      { baseUrl: first.url, auth: authOf(auth), maxAttempts: 1, headers: { "x-tenant-secret": secret } },
      { auth },
    );
    await acme.safe.GET("/things", { headers: { cookie: `session=${secret}` } });
    expect(
      canaryScan(
        secret,
        second.requests.map(({ headers, query, path }) => ({ ...headers, query, path })),
      ),
    ).toEqual([]);
    for (const request of second.requests) {
      for (const [name, value] of Object.entries(request.headers)) expect(`${name}: ${value}`).not.toContain(secret);
    }
    expect(second.requests).toHaveLength(status === 300 || status === 305 ? 0 : 1);
  });

  test.each([301, 302, 303, 307, 308] as const)("nor does a body follow a %i", async (status) => {
    const { first, second, redirect } = await origins();
    redirect(status);
    const acme = createAcme({ baseUrl: first.url, auth: authOf(auth) }, { auth });
    const error = await rejection(acme.POST("/things", { body: { note: "private" } }));
    expect(error).toBeInstanceOf(UnsafeRedirectError);
    expect(error.message).toContain(second.url);
    expect(second.requests).toEqual([]);
    expect(first.requests).toHaveLength(1);
  });

  test("nothing follows from https to http, on the same host either", async () => {
    for (const location of [
      "http://api.acme.test/things",
      "http://evil.test/",
      "file:///etc/passwd",
      "data:text/plain,x",
      "ftp://api.acme.test/",
    ]) {
      const { fetch, requests } = stubFetch(() => new Response(null, { status: 302, headers: { location } }));
      const error = await rejection(createAcme({ fetch, auth: authOf(auth) }, { auth }).GET("/things"));
      expect(error, location).toBeInstanceOf(UnsafeRedirectError);
      expect(error.message, location).toContain("it leaves https");
      expect(error, location).toMatchObject({ operation: "GET /things" });
      expect(requests, location).toHaveLength(1);
      expect(canaryScan(secret, error)).toEqual([]);
    }
  });

  test("follows a redirect within the origin", async () => {
    const server = await serve([{ kind: "answer", status: 307, headers: { location: "/moved?a=1" } }]);
    const { data, response } = await createAcme({ baseUrl: server.url, auth: authOf(auth) }, { auth }).GET("/things");
    expect(data).toEqual({ ok: true });
    expect(server.requests.map(({ path }) => path)).toEqual(["/things", "/moved"]);
    expect(response.url).toContain("/moved?a=1");
    if (auth.kind !== "query")
      expect(
        canaryScan(secret, Object.values({ ...server.requests[1]?.headers })).length +
          (server.requests[1]?.headers[auth.kind === "header" ? "x-api-key" : "authorization"] ?? "").length,
      ).toBeGreaterThan(0);
  });
});

test("R41: to another origin a read goes on with the headers alone that hold no secret", async () => {
  const location = "https://elsewhere.test/things";
  const { fetch, requests } = stubFetch((_, count) =>
    count === 1 ? new Response(null, { status: 302, headers: { location } }) : Response.json({}),
  );
  const headers = { range: "bytes=0-9", "x-range": "secret", "range-unit": "secret", accept: "text/csv" };
  await createAcme({ fetch, headers }).GET("/things");
  expect([...(requests[1]?.headers ?? [])]).toEqual([
    ["accept", "text/csv"],
    ["range", "bytes=0-9"],
    ["user-agent", "connectry-acme"],
  ]);
});

test("R41: from http on loopback to https is no way back", async () => {
  const location = "https://elsewhere.test/things";
  const { fetch, requests } = stubFetch((_, count) =>
    count === 1 ? new Response(null, { status: 302, headers: { location } }) : Response.json({}),
  );
  await createAcme({ fetch, baseUrl: "http://localhost:3000" }).GET("/things");
  expect(requests.map(({ url }) => url)).toEqual(["http://localhost:3000/things", location]);
});

test("R41: back on the first origin after a detour, the credential does not return", async () => {
  const { first, second } = await origins();
  first.faults.push({ kind: "answer", status: 302, headers: { location: `${second.url}/b` } });
  second.faults.push({ kind: "answer", status: 302, headers: { location: `${first.url}/c` } });
  await createAcme({ baseUrl: first.url }).GET("/things");
  expect(first.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${secret}`, undefined]);
});

test("R41: a redirect with a user name and password is another origin", async () => {
  const server = await serveWith(({ path }) =>
    path === "/things"
      ? { status: 302, headers: { location: `http://user:pass@127.0.0.1:${port()}/b` } }
      : { body: {} },
  );
  const port = () => new URL(server.url).port;
  await createAcme({ baseUrl: server.url }).GET("/things");
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${secret}`, undefined]);
});

describe("within the origin", () => {
  test.each([307, 308] as const)("a write follows a %i, its body and key with it", async (status) => {
    const server = await serve([{ kind: "answer", status, headers: { location: "/moved" } }]);
    await createAcme({ baseUrl: server.url }).POST("/things", { body: { a: 1 } });
    expect(server.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ["POST", "/things", { a: 1 }],
      ["POST", "/moved", { a: 1 }],
    ]);
    expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  test.each([301, 302, 303] as const)("a write does not follow a %i, which would make it a read", async (status) => {
    const server = await serve([{ kind: "answer", status, headers: { location: "/moved" } }]);
    const error = await rejection(createAcme({ baseUrl: server.url }).POST("/things", { body: {} }));
    expect(error).toBeInstanceOf(UnsafeRedirectError);
    expect(server.requests).toHaveLength(1);
  });

  test("a spent stream does not follow", async () => {
    const server = await serve([{ kind: "answer", status: 307, headers: { location: "/moved" } }]);
    const body = new Response("abc").body;
    expect(await rejection(createAcme({ baseUrl: server.url }).POST("/things", { body }))).toBeInstanceOf(
      UnsafeRedirectError,
    );
    expect(server.requests).toHaveLength(1);
  });

  test("a circle ends after five, with an error that says so", async () => {
    const server = await serve([
      { kind: "answer", status: 302, headers: { location: "/things" }, times: Number.POSITIVE_INFINITY },
    ]);
    const error = await rejection(createAcme({ baseUrl: server.url }).GET("/things"));
    expect(error).toBeInstanceOf(UnsafeRedirectError);
    expect(error.message).toMatch(/not followed/);
    expect(server.requests).toHaveLength(6);
  });

  test("a location that is no URL is an answer like any other", async () => {
    const server = await serve([{ kind: "answer", status: 302, headers: { location: "http://[" } }]);
    expect(await rejection(createAcme({ baseUrl: server.url }).GET("/things"))).toMatchObject({
      name: "ApiError",
      status: 302,
    });
  });

  test("a 3xx without a location is an answer like any other", async () => {
    const server = await serve([{ kind: "answer", status: 302 }]);
    expect(await rejection(createAcme({ baseUrl: server.url }).GET("/things"))).toMatchObject({
      name: "ApiError",
      status: 302,
    });
  });
});
