import { canaryScan, twoOrigins } from "@connectry/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { UnsafeRedirectError } from "../errors/call-errors.js";
import type { AuthScheme } from "../provider/profile.js";

const schemes: AuthScheme[] = [
  { kind: "bearer", env: "ACME_SECRET_KEY" },
  { kind: "header", name: "x-api-key", env: "ACME_SECRET_KEY" },
  { kind: "query", name: "api_key", env: "ACME_SECRET_KEY" },
  { kind: "basic", username: { name: "id", env: "ACME_ID" }, password: { name: "token", env: "ACME_TOKEN" } },
  {
    kind: "parts",
    parts: [
      { name: "id", env: "ACME_ID", in: "header", as: "x-api-key" },
      { name: "token", env: "ACME_TOKEN", in: "query", as: "api_key" },
    ],
  },
];
const authOf = ({ kind }: AuthScheme) => {
  if (kind === "parts") return { id: secret, token: secret };
  return kind === "basic" ? { id: "AC123", token: secret } : secret;
};

async function origins() {
  const both = await twoOrigins();
  onTestFinished(() => both.close());
  return both;
}

describe.each(schemes)("R41: a credential sent as $kind", (auth) => {
  test.each([300, 301, 302, 303, 305, 307, 308] as const)(
    "is not sent to another origin after a %i",
    async (status) => {
      const { first, second } = await origins();
      first.faults.push({ kind: "response", status, headers: { location: `${second.url}/elsewhere` } });
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
    },
  );

  test.each([301, 302, 303, 307, 308] as const)(
    "protects its body, which is not sent to another origin after a %i",
    async (status) => {
      const { first, second, redirect } = await origins();
      redirect(status);
      const acme = createAcme({ baseUrl: first.url, auth: authOf(auth) }, { auth });
      const error = await rejection(acme.POST("/things", { body: { note: "private" } }));
      expect(error).toMatchObject({ name: "OutcomeUnknownError", outcome: "unknown" });
      expect(error.cause).toBeInstanceOf(UnsafeRedirectError);
      expect((error.cause as Error).message).toContain(second.url);
      expect(second.requests).toEqual([]);
      expect(first.requests).toHaveLength(1);
    },
  );

  test("is not sent from https to another protocol, even on the same host", async () => {
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

  test("is sent again after a redirect within the origin", async () => {
    const server = await serve([{ kind: "response", status: 307, headers: { location: "/moved?a=1" } }]);
    const { data, response } = await createAcme({ baseUrl: server.url, auth: authOf(auth) }, { auth }).GET("/things");
    expect(data).toEqual({ ok: true });
    expect(server.requests.map(({ path }) => path)).toEqual(["/things", "/moved"]);
    expect(response.url).toContain("/moved?a=1");
    if (auth.kind !== "query")
      expect(
        canaryScan(secret, Object.values({ ...server.requests[1]?.headers })).length +
          (
            server.requests[1]?.headers[
              auth.kind === "header" || auth.kind === "parts" ? "x-api-key" : "authorization"
            ] ?? ""
          ).length,
      ).toBeGreaterThan(0);
  });
});

test("R41: a read is redirected to another origin only with headers that cannot contain a secret", async () => {
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

test("R41: a redirect from http on loopback to https is followed", async () => {
  const location = "https://elsewhere.test/things";
  const { fetch, requests } = stubFetch((_, count) =>
    count === 1 ? new Response(null, { status: 302, headers: { location } }) : Response.json({}),
  );
  await createAcme({ fetch, baseUrl: "http://localhost:3000" }).GET("/things");
  expect(requests.map(({ url }) => url)).toEqual(["http://localhost:3000/things", location]);
});

test("R41: a redirect through another origin back to the first does not restore the credential", async () => {
  const { first, second } = await origins();
  first.faults.push({ kind: "response", status: 302, headers: { location: `${second.url}/b` } });
  second.faults.push({ kind: "response", status: 302, headers: { location: `${first.url}/c` } });
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

describe("a redirect within the origin", () => {
  test.each([307, 308] as const)(
    "of status %i is followed by a write, with its body and idempotency key",
    async (status) => {
      const server = await serve([{ kind: "response", status, headers: { location: "/moved" } }]);
      await createAcme({ baseUrl: server.url }).POST("/things", { body: { a: 1 } });
      expect(server.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
        ["POST", "/things", { a: 1 }],
        ["POST", "/moved", { a: 1 }],
      ]);
      expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    },
  );

  // RFC 9110, section 15.4.4: the resource that a 303 names is retrieved by GET.
  test.each(["POST", "PUT", "PATCH", "DELETE"] as const)(
    "of status 303 after a %s is followed by a GET",
    async (method) => {
      const server = await serve([{ kind: "response", status: 303, headers: { location: "/results/7" } }]);
      const acme = createAcme({ baseUrl: server.url });
      const { response } = await acme[method]("/things", { body: { a: 1 }, headers: { "x-acme": "1" } });
      expect(response).toMatchObject({ seeOther: true, status: 200, url: `${server.url}/results/7` });
      expect(response.attempts).toHaveLength(1);
      const [write, read] = server.requests;
      expect([write?.method, read?.method, read?.path, read?.bytes.length]).toEqual([method, "GET", "/results/7", 0]);
      expect(read?.headers).toMatchObject({ "x-acme": "1", authorization: write?.headers.authorization });
      expect(Object.keys(read?.headers ?? {}).filter((name) => name.startsWith("content-"))).toEqual([]);
      expect((await acme.GET("/things")).response.seeOther).toBeFalsy();
    },
  );

  test.each([
    ["a 404", { kind: "response", status: 404 }, "NotFoundError"],
    ["a 429, which says nothing about the write", { kind: "response", status: 429 }, "RateLimitError"],
    ["a 401, with a credential that could be refreshed", { kind: "response", status: 401 }, "AuthenticationError"],
    ["no response", { kind: "reset", after: "request" }, "OutcomeUnknownError"],
  ] as const)(
    "of status 303 whose GET gets %s leaves the outcome unknown, and no second write",
    async (_, fault, name) => {
      const moved = { kind: "response", status: 303, headers: { location: "/results/7" } } as const;
      const server = await serve([moved, { ...fault, times: Number.POSITIVE_INFINITY }]);
      const error = await rejection(
        createAcme({ baseUrl: server.url, auth: () => "key", random: () => 0 }).PATCH("/things"),
      );
      expect(error).toMatchObject({ name, outcome: "unknown" });
      expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
    },
  );

  test("of status 303 whose GET does not connect leaves the outcome unknown, and no second write", async () => {
    let sent = 0;
    const fetch = async () => {
      sent += 1;
      if (sent === 1) return new Response(null, { status: 303, headers: { location: "/results/7" } });
      throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED", syscall: "connect" } });
    };
    const error = await rejection(createAcme({ fetch, random: () => 0 }).PATCH("/things"));
    expect(error).toMatchObject({ name: "OutcomeUnknownError", cause: { name: "NetworkError" } });
    expect(sent).toBe(2);
  });

  test.each([301, 302] as const)(
    "of status %i is not followed by a write, which it would turn into a read",
    async (status) => {
      const server = await serve([{ kind: "response", status, headers: { location: "/moved" } }]);
      const error = await rejection(createAcme({ baseUrl: server.url }).POST("/things", { body: {} }));
      expect(error.cause).toBeInstanceOf(UnsafeRedirectError);
      expect(server.requests).toHaveLength(1);
    },
  );

  test("is not followed by a body that is a stream, which is used up", async () => {
    const server = await serve([{ kind: "response", status: 307, headers: { location: "/moved" } }]);
    const body = new Response("abc").body;
    const { cause } = await rejection(createAcme({ baseUrl: server.url }).POST("/things", { body }));
    expect(cause).toBeInstanceOf(UnsafeRedirectError);
    expect(server.requests).toHaveLength(1);
  });

  test("is followed at most five times, and then ends in an UnsafeRedirectError", async () => {
    const server = await serve([
      { kind: "response", status: 302, headers: { location: "/things" }, times: Number.POSITIVE_INFINITY },
    ]);
    const error = await rejection(createAcme({ baseUrl: server.url }).GET("/things"));
    expect(error).toBeInstanceOf(UnsafeRedirectError);
    expect(error.message).toMatch(/not followed/);
    expect(server.requests).toHaveLength(6);
  });

  test("whose location is not a URL is an ordinary response", async () => {
    const server = await serve([{ kind: "response", status: 302, headers: { location: "http://[" } }]);
    expect(await rejection(createAcme({ baseUrl: server.url }).GET("/things"))).toMatchObject({
      name: "ApiError",
      status: 302,
    });
  });

  test("without a location is an ordinary response", async () => {
    const server = await serve([{ kind: "response", status: 302 }]);
    expect(await rejection(createAcme({ baseUrl: server.url }).GET("/things"))).toMatchObject({
      name: "ApiError",
      status: 302,
    });
  });
});

test("a 421 is final: the pipeline sends nothing again, though the platform's own `fetch` may have", async () => {
  const { fetch, requests } = stubFetch(() => new Response(null, { status: 421 }));
  expect((await rejection<{ attempts: unknown[] }>(createAcme({ fetch }).GET("/things"))).attempts).toHaveLength(1);
  expect(requests).toHaveLength(1);
});
