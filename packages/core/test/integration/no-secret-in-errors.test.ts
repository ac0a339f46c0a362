import { canaryScan } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import type { Auth } from "../../src/auth/credential-source.js";
import { toFetch } from "../../src/client/fetch/to-fetch.js";
import type { ConnectorOptions } from "../../src/client/options.js";
import { ConnectryError } from "../../src/errors/connectry-error.js";
import { graphql } from "../../src/graphql/graphql.js";
import { circuitBreaker } from "../../src/policies/circuit-breaker.js";
import type { AuthScheme, ProviderProfile } from "../../src/provider/profile.js";
import { createAcme } from "../acme.js";
import { rejection } from "../call.js";
import { serve, serveWith } from "../serve.js";
import { stubFetch } from "../stub-fetch.js";

// With a slash, as base64 keys have: JSON can escape it as `\/`.
const canary = "sk_canary_4eC39HqL/yjWDarjtT1zdp7dc";

const schemes: Record<string, { scheme: AuthScheme; auth: Auth }> = {
  bearer: { scheme: { kind: "bearer", env: "ACME" }, auth: canary },
  header: { scheme: { kind: "header", name: "x-api-key", env: "ACME" }, auth: canary },
  query: { scheme: { kind: "query", name: "api_key", env: "ACME" }, auth: canary },
  basic: {
    scheme: { kind: "basic", username: { name: "id", env: "ACME" }, password: { name: "token", env: "ACME" } },
    auth: { id: "AC123", token: canary },
  },
  parts: {
    scheme: {
      kind: "parts",
      parts: [
        { name: "id", env: "ACME", in: "header", as: "x-api-key" },
        { name: "token", env: "ACME", in: "query", as: "api_key" },
      ],
    },
    auth: { id: canary, token: "not-shown-either" },
  },
  "a function": { scheme: { kind: "bearer", env: "ACME" }, auth: async () => canary },
  "a source": { scheme: { kind: "bearer", env: "ACME" }, auth: { id: "acct_1", get: () => canary } },
};

const echo = {
  error: { message: `Invalid key ${canary}.`, code: canary, seen: [{ [`header ${canary}`]: `Bearer ${canary}` }] },
};
const echoing = { "request-id": canary, "www-authenticate": `Bearer error="${canary}"` };
const stall = { kind: "stall", after: "request" } as const;
type Make = (options: ConnectorOptions, profile?: Partial<ProviderProfile>) => ReturnType<typeof createAcme>;

const failures: Record<string, (make: Make) => Promise<unknown>> = {
  "a rejected credential that the response repeats": async (make) => {
    const server = await serveWith(() => ({ status: 401, body: echo, headers: echoing }));
    return make({ baseUrl: server.url }).GET("/things");
  },
  "a bad request that the response repeats": async (make) => {
    const server = await serveWith(({ headers, query, path }) => ({
      status: 400,
      body: {
        error: {
          message: JSON.stringify({
            headers: { ...headers, authorization: headers.authorization, key: headers["x-api-key"] },
            key: query.api_key,
            path,
          }),
        },
      },
    }));
    return make({ baseUrl: server.url }).GET("/things");
  },
  "JSON that escapes it": async (make) => {
    const text = JSON.stringify(echo).replaceAll("/", "\\/");
    const server = await serveWith(() => ({
      status: 403,
      body: new TextEncoder().encode(text),
      headers: { "content-type": "application/json" },
    }));
    return make({ baseUrl: server.url }).GET("/things");
  },
  "a rate limit": async (make) => {
    const server = await serveWith(() => ({ status: 429, body: echo, headers: { ...echoing, "retry-after": "600" } }));
    return make({ baseUrl: server.url }).GET("/things");
  },
  "a failed write": async (make) => {
    const server = await serveWith(() => ({ status: 500, body: echo, headers: echoing }));
    return make({ baseUrl: server.url }).PATCH("/things", { body: {} });
  },
  "an error page": async (make) => {
    const server = await serveWith(() => ({
      status: 502,
      body: `<html>${canary} ${encodeURIComponent(canary)}</html>`,
    }));
    return make({ baseUrl: server.url, maxAttempts: 1 }).GET("/things");
  },
  "a failure inside of a 200": async (make) => {
    const server = await serveWith(() => ({ body: { ok: false, error: canary } }));
    const rules = [{ when: { body: { at: ["ok"], equals: false } }, verdict: "failed" }] as const;
    return make({ baseUrl: server.url }, { retry: { rules }, errors: { message: ["error"], code: ["error"] } }).GET(
      "/things",
    );
  },
  "errors of a GraphQL response": async (make) => {
    const failure = {
      message: `Invalid key ${canary}.`,
      type: canary,
      path: [canary],
      extensions: { code: canary, canary },
    };
    const server = await serveWith(() => ({
      body: { data: { [canary]: canary }, errors: [failure, { message: canary, extensions: failure }] },
      headers: echoing,
    }));
    const variables = { password: canary };
    return graphql(make({ baseUrl: server.url }), { query: `{ login(key: "${canary}") }`, variables });
  },
  "a GraphQL operation that is rejected": async (make) => {
    const server = await serveWith(() => ({ status: 401, body: echo, headers: echoing }));
    return graphql(make({ baseUrl: server.url }), { query: "{ viewer }", variables: { password: canary } });
  },
  "a reset": async (make) => {
    const server = await serve([{ kind: "reset", after: "request", times: 9 }]);
    return make({ baseUrl: server.url }).GET("/things");
  },
  "a lost write": async (make) => {
    const server = await serve([{ kind: "reset", after: "request" }]);
    return make({ baseUrl: server.url }).PATCH("/things", { body: {} });
  },
  "a refused connection": async (make) => make({ baseUrl: "http://127.0.0.1:1" }).GET("/things"),
  "a slow attempt": async (make) => {
    const server = await serve([stall]);
    return make({ baseUrl: server.url, attemptTimeoutMs: 20, maxAttempts: 1 }).GET("/things");
  },
  "a deadline": async (make) => {
    const server = await serve([stall]);
    return make({ baseUrl: server.url, deadlineMs: 20 }).GET("/things");
  },
  "broken JSON": async (make) => {
    const { fetch } = stubFetch(() => new Response(`{"${canary}`, { headers: { "content-type": "application/json" } }));
    return make({ fetch }).GET("/things");
  },
  "a response that is too large": async (make) => {
    const { fetch } = stubFetch(() => new Response(canary));
    return make({ fetch, maxResponseBytes: 5 }).GET("/things");
  },
  "a redirect of a write": async (make) => {
    const { fetch } = stubFetch(
      () => new Response(null, { status: 307, headers: { location: `https://evil.test/${canary}?key=${canary}` } }),
    );
    return make({ fetch }).POST("/things", { body: {} });
  },
  "a link to another origin": async (make) => {
    const { fetch } = stubFetch(() =>
      Response.json([], { headers: { link: `<https://evil.test/?key=${canary}>; rel=next` } }),
    );
    for await (const _ of make({ fetch }, { pagination: [{ kind: "link-header", items: [] }] }).paginate("/things"));
  },
  "a page without a list": async (make) => {
    const { fetch } = stubFetch(() => Response.json({ data: canary }));
    for await (const _ of make({ fetch }, { pagination: [{ kind: "link-header", items: ["data"] }] }).paginate(
      "/things",
    ));
  },
  "a full queue": async (make) => {
    const { fetch } = stubFetch(() => new Promise(() => {}));
    const acme = make({ fetch, concurrency: 1, maxQueued: 1, deadlineMs: 50 });
    const [first, second] = [acme.safe.GET("/things"), acme.safe.GET("/things")];
    await new Promise((resolve) => setTimeout(resolve, 5));
    const error = await rejection(acme.GET("/things"));
    await Promise.all([first, second]);
    throw error;
  },
  "an open circuit": async (make) => {
    const server = await serveWith(() => ({ status: 503, body: echo, headers: echoing }));
    const acme = make({ baseUrl: server.url, maxAttempts: 1, circuitBreaker: circuitBreaker({ minAttempts: 1 }) });
    await acme.safe.GET("/things");
    return acme.GET("/things");
  },
  "a quota that is used up": async (make) => {
    const server = await serveWith(() => ({ headers: { ...echoing, ratelimit: '"default";r=0;t=600' } }));
    const acme = make({ baseUrl: server.url });
    await acme.GET("/things");
    return acme.GET("/things");
  },
  "a platform error that shows the request": async (make) => {
    const { fetch } = stubFetch(({ url, headers }) => {
      const shown = `${url} ${JSON.stringify(Object.fromEntries(headers))}`;
      throw new TypeError(`fetch failed: ${shown}`, {
        cause: Object.assign(new Error(shown), { code: "EOTHER", request: { url, headers } }),
      });
    });
    return make({ fetch, maxAttempts: 1 }).GET("/things");
  },
  "a rejected origin": async (make) => toFetch(make({}))(`https://evil.test/?key=${canary}`),
  "a missing parameter": async (make) => make({}).GET("/things/{id}"),
};

describe.each(Object.entries(schemes))(
  "R44: a credential as %s appears in no part of the error of",
  (_, { scheme, auth }) => {
    test.each(Object.entries(failures))("%s", async (_name, fail) => {
      const make: Make = (options, profile) =>
        createAcme({ random: () => 0, auth, ...options }, { auth: scheme, ...profile });
      const error = await rejection(fail(make));
      expect(error).toBeInstanceOf(ConnectryError);
      expect(canaryScan(canary, error)).toEqual([]);
      expect(canaryScan(canary, { message: error.message, stack: error.stack, text: String(error) })).toEqual([]);
    });
  },
);

test("R44: toFetch removes a credential that an error response repeats", async () => {
  const server = await serveWith(() => ({ status: 400, body: echo, headers: echoing }));
  const response = await toFetch(createAcme({ baseUrl: server.url, auth: canary }))("/things");
  expect(response.status).toBe(400);
  expect(canaryScan(canary, await response.json())).toEqual([]);
});

test("a successful response is returned unchanged, because it may contain keys", async () => {
  const server = await serveWith(() => ({ body: { key: canary } }));
  expect((await createAcme({ baseUrl: server.url, auth: canary }).GET("/keys")).data).toEqual({ key: canary });
});

test("a very short credential is not removed from messages", async () => {
  const server = await serveWith(() => ({ status: 400, body: { error: { message: "a test key was used" } } }));
  const error = await rejection(createAcme({ baseUrl: server.url, auth: "test" }).GET("/keys"));
  expect(error.message).toContain("a test key was used");
});
