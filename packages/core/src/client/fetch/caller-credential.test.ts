import { canaryScan } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme, secret } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import type { AuthScheme, RateLimit } from "../../provider/profile.js";
import type { ToFetchOptions } from "./fetch-options.js";
import { toFetch } from "./to-fetch.js";

const other = "sk_test_another1234567890";
const header: AuthScheme = { kind: "header", name: "x-api-key", env: "ACME" };
const query: AuthScheme = { kind: "query", name: "key", env: "ACME" };
const bearer: AuthScheme = { kind: "bearer", env: "ACME" };
const basic: AuthScheme = {
  kind: "basic",
  username: { name: "id", env: "ACME" },
  password: { name: "token", env: "ACME" },
};

/** Sends one request, and returns what of it carries a credential. */
async function send(request: { auth: AuthScheme; address?: string; headers?: HeadersInit }, options?: ToFetchOptions) {
  const { fetch, requests } = stubFetch();
  const acme = createAcme(
    { fetch, auth: request.auth === basic ? { id: "a", token: secret } : secret },
    { auth: request.auth },
  );
  await toFetch(acme, options)(request.address ?? "/", { headers: request.headers ?? {} });
  const { url, headers } = requests[0]!;
  const { authorization, "x-api-key": key } = Object.fromEntries(headers);
  return { authorization, key, query: new URL(url).searchParams.getAll("key") };
}

const ownOnly = {
  bearer: { authorization: `Bearer ${secret}`, key: undefined, query: [] },
  header: { authorization: undefined, key: secret, query: [] },
  query: { authorization: undefined, key: undefined, query: [secret] },
};

describe("a request with the connector's own credential is sent, with one credential", () => {
  test.each([
    ["Bearer", bearer, { authorization: `Bearer ${secret}` }, ownOnly.bearer],
    ["another name of its scheme, as octokit writes it", bearer, { authorization: `token ${secret}` }, ownOnly.bearer],
    [
      "Basic",
      basic,
      { authorization: `Basic ${btoa(`a:${secret}`)}` },
      { authorization: `Basic ${btoa(`a:${secret}`)}` },
    ],
    ["a header of its own", header, { "X-API-Key": secret }, ownOnly.header],
  ])("%s", async (...[, auth, headers, expected]) => {
    expect(await send({ auth, headers: headers as HeadersInit })).toMatchObject(expected);
  });

  test("in the query", async () => {
    expect(await send({ auth: query, address: `/?key=${secret}` })).toEqual(ownOnly.query);
  });
});

const foreign = [
  ["Bearer", { auth: bearer, headers: { authorization: `Bearer ${other}` } }, ownOnly.bearer],
  ["a header of its own", { auth: header, headers: { "x-api-key": other } }, ownOnly.header],
  ["Authorization beside it", { auth: header, headers: { authorization: `Bearer ${other}` } }, ownOnly.header],
  ["the query", { auth: query, address: `/?key=${other}` }, ownOnly.query],
] as const;

describe.each(foreign)("a request with another credential, in %s", (_, request, replaced) => {
  test("is refused by default, and the message says what to do and shows neither", async () => {
    const error = await rejection(send(request));
    expect(error).toMatchObject({ name: "ConfigurationError" });
    expect(error.message).toMatch(/not the connector's.*callerCredential.*"replace".*"keep"/);
    for (const canary of [other, secret]) expect(canaryScan(canary, error)).toEqual([]);
  });

  test("is sent with the connector's where that replaces it", async () => {
    expect(await send(request, { callerCredential: "replace" })).toEqual(replaced);
  });

  test("is sent as it is where it keeps its own", async () => {
    const sent = await send(request, { callerCredential: "keep" });
    expect(JSON.stringify(sent)).toContain(other);
    expect(JSON.stringify(sent)).not.toContain(secret);
  });
});

test("a credential that only a function knows is not compared: any other is refused", async () => {
  const { fetch, requests } = stubFetch();
  const acme = createAcme({ fetch, auth: () => secret });
  const headers = { authorization: `Bearer ${secret}` };
  expect(await rejection(toFetch(acme)("/", { headers }))).toMatchObject({ name: "ConfigurationError" });
  await toFetch(acme, { callerCredential: "replace" })("/", { headers });
  expect(requests).toHaveLength(1);
});

describe("a request that keeps its credential", () => {
  const keep = { callerCredential: "keep" } as const;
  const as = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

  test("has limits of its own, which all functions of the connector share", async () => {
    const { fetch } = stubFetch();
    const limits: RateLimit[] = [{ bucket: "default", limit: 1, perMs: 3_600_000 }];
    const acme = createAcme({ fetch, rateLimit: { limits }, deadlineMs: 1_000 });
    expect((await toFetch(acme)("/")).status).toBe(200);
    for (const key of [other, "sk_test_third1234567890"]) {
      expect((await toFetch(acme, keep)("/", as(key))).status).toBe(200);
      expect(await rejection(toFetch(acme, keep)("/", as(key)))).toMatchObject({ name: "QuotaExceededError" });
    }
  });

  test("gets its 401 back, without a request with another credential", async () => {
    const { fetch, requests } = stubFetch(() => new Response(null, { status: 401 }));
    const response = await toFetch(createAcme({ fetch, auth: () => secret }), keep)("/", as(other));
    expect([response.status, requests.length]).toEqual([401, 1]);
  });

  test("R44: no error shows it", async () => {
    const { fetch } = stubFetch(() => Promise.reject(new TypeError(`fetch failed with Bearer ${other}`)));
    for (const method of ["GET", "POST"]) {
      const acme = createAcme({ fetch }, { idempotency: { header: "idempotency-key", methods: [] } });
      const error = await rejection(toFetch(acme, keep)("/", { method, ...as(other) }));
      expect(canaryScan(other, error)).toEqual([]);
    }
  });
});
