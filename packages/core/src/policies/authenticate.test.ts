import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { Auth, Credential, CredentialRequest } from "../auth/credential-source.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { AuthScheme } from "../provider/profile.js";

const basic: AuthScheme = {
  kind: "basic",
  username: { name: "accountSid", env: "ACME_ACCOUNT_SID" },
  password: { name: "authToken", env: "ACME_AUTH_TOKEN" },
};

/** The request that goes out for a scheme and a credential. */
async function requestOf(auth: AuthScheme, credential: Auth | undefined, path = "/things") {
  const { fetch, requests } = stubFetch();
  await createAcme({ fetch, auth: credential }, { auth }).GET(path, { params: { query: { a: "b c" } } });
  return requests[0] as NonNullable<(typeof requests)[0]>;
}

describe("a credential is sent as its scheme defines", () => {
  test.each<[string, AuthScheme, Credential, (request: { url: string; headers: Headers }) => unknown, string]>([
    ["bearer", { kind: "bearer", env: "A" }, "key 1", ({ headers }) => headers.get("authorization"), "Bearer key 1"],
    [
      "bearer with a prefix",
      { kind: "bearer", env: "A", prefix: "Bot" },
      "key",
      ({ headers }) => headers.get("authorization"),
      "Bot key",
    ],
    [
      "header",
      { kind: "header", name: "x-api-key", env: "A" },
      "key",
      ({ headers }) => headers.get("x-api-key"),
      "key",
    ],
    [
      "query",
      { kind: "query", name: "api key", env: "A" },
      "k&y",
      ({ url }) => url,
      "https://api.acme.test/things?a=b%20c&api%20key=k%26y",
    ],
    [
      "basic",
      basic,
      { accountSid: "AC1", authToken: "tökén" },
      ({ headers }) => headers.get("authorization"),
      `Basic ${Buffer.from("AC1:tökén").toString("base64")}`,
    ],
  ])("%s", async (_, ...[scheme, credential, read, want]) => {
    const request = await requestOf(scheme, credential);
    expect(String(read(request)).replaceAll("+", "%20")).toBe(want.replaceAll("+", "%20"));
  });

  test("and replaces a header or parameter of the caller with the same name", async () => {
    const { fetch, requests } = stubFetch();
    await createAcme({ fetch }).GET("/things", { headers: { Authorization: "mine" } });
    expect(requests[0]?.headers.get("authorization")).toBe(`Bearer ${secret}`);
    const query = stubFetch();
    await createAcme({ fetch: query.fetch }, { auth: { kind: "query", name: "key", env: "A" } }).GET("/things", {
      params: { query: { key: "mine" } },
    });
    expect(new URL(query.requests[0]?.url ?? "").searchParams.getAll("key")).toEqual([secret]);
  });

  test("R44: a credential in the query is redacted in the URL of the reply", async () => {
    const { fetch } = stubFetch();
    const acme = createAcme({ fetch }, { auth: { kind: "query", name: "key", env: "A" } });
    const { response } = await acme.GET("/things", { params: { query: { a: "b" } } });
    expect(response.url).toBe("https://api.acme.test/things?a=b&key=***");
  });
});

describe("without the option auth", () => {
  beforeEach(() => {
    for (const name of ["ACME_SECRET_KEY", "ACME_ACCOUNT_SID", "ACME_AUTH_TOKEN"]) vi.stubEnv(name, undefined);
  });
  afterEach(() => void vi.unstubAllEnvs());

  test("the credential is read from the environment", async () => {
    vi.stubEnv("ACME_SECRET_KEY", "from-environment");
    const request = await requestOf({ kind: "bearer", env: "ACME_SECRET_KEY" }, undefined);
    expect(request.headers.get("authorization")).toBe("Bearer from-environment");
    vi.stubEnv("ACME_ACCOUNT_SID", "AC1");
    vi.stubEnv("ACME_AUTH_TOKEN", "token");
    expect((await requestOf(basic, undefined)).headers.get("authorization")).toBe(`Basic ${btoa("AC1:token")}`);
  });

  test("a missing environment variable is a ConfigurationError that names it and the option", () => {
    const make = () => createAcme({ auth: undefined });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(/^Missing API key: pass `auth` or set ACME_SECRET_KEY\.$/);
    expect(() => createAcme({ auth: undefined }, { auth: basic })).toThrow(/ACME_ACCOUNT_SID/);
  });

  test("an empty environment variable is treated as missing", () => {
    vi.stubEnv("ACME_SECRET_KEY", "");
    expect(() => createAcme({ auth: undefined })).toThrow(ConfigurationError);
  });
});

describe("a malformed credential", () => {
  const canary = "canary-credential";
  test.each<[string, AuthScheme, unknown]>([
    ["an object for a string", { kind: "bearer", env: "A" }, { token: canary }],
    ["a string for a pair", basic, canary],
    ["half a pair", basic, { accountSid: canary }],
    ["an empty string", { kind: "bearer", env: "A" }, ""],
    ["a number", { kind: "bearer", env: "A" }, 7],
    ["null", { kind: "bearer", env: "A" }, null],
    ["a line break", { kind: "bearer", env: "A" }, `${canary}\n`],
    ["a character that no header carries", { kind: "header", name: "x-api-key", env: "A" }, `${canary}€`],
    ["a line break in a pair", basic, { accountSid: "AC1", authToken: `${canary}\r\n` }],
  ])(
    "is a ConfigurationError of the client, or of the call for a function, that does not contain it: %s",
    async (_, auth, credential) => {
      const make = () => createAcme({ auth: credential as Auth }, { auth });
      expect(make).toThrow(ConfigurationError);
      expect(make).toThrow(/^(Missing|Invalid) API key: .*`auth`/);
      expect(() => make()).not.toThrow(new RegExp(canary));
      const late = await rejection(createAcme({ auth: () => credential as string }, { auth }).GET("/things"));
      expect(late).toBeInstanceOf(ConfigurationError);
      expect(late.message).not.toContain(canary);
    },
  );
});

describe("a credential function", () => {
  test("is called once per call, whatever the number of attempts, with refresh: false", async () => {
    const requested: CredentialRequest[] = [];
    const { fetch, requests } = stubFetch((_, count) => new Response(null, { status: count % 3 ? 503 : 204 }));
    const acme = createAcme({ fetch, random: () => 0, auth: (request) => `key-${requested.push(request)}` });
    await acme.GET("/things");
    await acme.GET("/things");
    expect(requested.map(({ refresh }) => refresh)).toEqual([false, false]);
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([
      ...Array(3).fill("Bearer key-1"),
      ...Array(3).fill("Bearer key-2"),
    ]);
  });

  test("is called with refresh: true after a 401, and the call is sent again with the new credential", async () => {
    const requested: boolean[] = [];
    const server = await serve([{ kind: "response", status: 401 }]);
    const auth = async ({ refresh }: CredentialRequest) => {
      requested.push(refresh);
      return refresh ? "fresh" : "stale";
    };
    const { response } = await createAcme({ baseUrl: server.url, auth, maxAttempts: 1 }).PATCH("/things", { body: {} });
    expect(response.status).toBe(200);
    expect(requested).toEqual([false, true]);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer stale", "Bearer fresh"]);
  });

  test("returns a refreshed credential that later attempts of the call use, too", async () => {
    const { fetch, requests } = stubFetch(
      (_, count) => new Response(null, { status: [401, 503, 204][count - 1] ?? 500 }),
    );
    let requested = 0;
    await createAcme({ fetch, random: () => 0, auth: () => `key-${++requested}` }).GET("/things");
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer key-1",
      "Bearer key-2",
      "Bearer key-2",
    ]);
  });

  test("a second 401 throws an AuthenticationError", async () => {
    const { fetch, requests } = stubFetch(() => new Response(null, { status: 401 }));
    const error = await rejection(createAcme({ fetch, auth: () => "key" }).GET("/things"));
    expect(error).toMatchObject({ name: "AuthenticationError", attempts: [{ status: 401 }, { status: 401 }] });
    expect(requests).toHaveLength(2);
  });

  test("that throws rejects the call with its error, and nothing is sent", async () => {
    const mistake = new Error("vault is sealed");
    const { fetch, requests } = stubFetch();
    const acme = createAcme({
      fetch,
      auth: () => {
        throw mistake;
      },
    });
    expect(await rejection(acme.GET("/things"))).toBe(mistake);
    expect(requests).toEqual([]);
  });

  test("is called by each of several concurrent calls, which send different credentials", async () => {
    const { fetch, requests } = stubFetch();
    let requested = 0;
    const acme = createAcme({ fetch, auth: async () => `key-${++requested}` });
    await Promise.all(Array.from({ length: 20 }, () => acme.GET("/things")));
    expect(new Set(requests.map(({ headers }) => headers.get("authorization"))).size).toBe(20);
  });
});
