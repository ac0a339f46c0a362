import { describe, expect, test } from "vitest";
import { rejection } from "../../../test/call.js";
import { authorize, client, createAccounts } from "../../../test/oauth/accounts.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";

const redirectUri = "https://app.test/callback";
// The characters that RFC 6749 has a client encode, and most providers do not decode.
const odd = { id: "cli:ent-1_x.y", secret: "s:ecret-1_x.y~4eC39HqLyjWDarjtT1zdp7dc" };

async function tokenRequest(facts: Partial<OauthFacts>, own = odd) {
  const { oauth, server, requests } = createAccounts({ facts, options: { client: own } });
  await authorize(oauth, server, "a").catch(() => {});
  const { headers, body } = requests[0]!;
  return { authorization: headers.get("authorization"), type: headers.get("content-type"), body: String(body) };
}

describe("a client authenticates itself", () => {
  test("by Basic with id and secret as they are", async () => {
    const { authorization, body } = await tokenRequest({ clientAuthentication: "basic" });
    expect(authorization).toBe(`Basic ${Buffer.from(`${odd.id}:${odd.secret}`).toString("base64")}`);
    expect(body).not.toContain("client_secret");
  });

  test("by Basic with id and secret encoded as RFC 6749, section 2.3.1, says", async () => {
    const { authorization } = await tokenRequest({ clientAuthentication: "basic-encoded" });
    const encode = (text: string) =>
      encodeURIComponent(text).replace(/[-_.!~*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
    expect(Buffer.from(authorization?.slice(6) ?? "", "base64").toString()).toBe(
      `${encode(odd.id)}:${encode(odd.secret)}`,
    );
  });

  test("in the body, as a form", async () => {
    const { authorization, type, body } = await tokenRequest({ clientAuthentication: "body" });
    expect([authorization, type?.split(";")[0]]).toEqual([null, "application/x-www-form-urlencoded"]);
    const { code_verifier: verifier, code, ...form } = Object.fromEntries(new URLSearchParams(body));
    expect(form).toEqual({
      grant_type: "authorization_code",
      redirect_uri: redirectUri,
      client_id: odd.id,
      client_secret: odd.secret,
    });
    expect([verifier, code]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringContaining("code")]);
  });

  test("in the body, as JSON, with the provider's own parameters", async () => {
    const { type, body } = await tokenRequest({ body: "json", pkce: false, parameters: { token: { expiring: "1" } } });
    expect(type).toBe("application/json");
    expect(JSON.parse(body)).toEqual({
      grant_type: "authorization_code",
      redirect_uri: redirectUri,
      code: expect.any(String),
      client_id: odd.id,
      client_secret: odd.secret,
      expiring: "1",
    });
  });
});

test("a refresh goes to its own address where the provider has one", async () => {
  const { oauth, server, acme } = createAccounts({ facts: { refreshUrl: "https://api.acme.test/refresh" } });
  await authorize(oauth, server, "a");
  server.expireAccess();
  await acme.GET("/api", { account: "a" });
  expect(server.requests.map(({ path }) => path)).toEqual(["/token", "/refresh"]);
});

test("a refresh without another refresh token keeps the old one, and without scopes the old ones", async () => {
  const { oauth, server, acme, all } = createAccounts();
  const { fetch } = all;
  const bare: typeof fetch = async (...args) => {
    const { refresh_token: _, scope: __, ...fields } = (await (await fetch(...args)).json()) as Record<string, unknown>;
    return Response.json(fields);
  };
  await authorize(oauth, server, "a");
  const refreshed = createAccounts({ options: { ...all, fetch: bare } });
  server.expireAccess();
  await refreshed.oauth.getAccount({
    account: "a",
    signal: new AbortController().signal,
    refresh: true,
    refused: "access-canary-2-4eC39HqLyjWDarjtT1zdp7dc",
  });
  const { tokens } = JSON.parse((await all.store.get("acme:a"))?.value ?? "");
  expect(tokens).toMatchObject({ refreshToken: expect.stringContaining("refresh"), scopes: ["read", "write"] });
  await acme.GET("/api", { account: "a" });
});

describe("tokens are revoked", () => {
  test.each<[string, OauthFacts["revocation"], object]>([
    [
      "by the client, with the refresh token (RFC 7009)",
      { url: "https://api.acme.test/revoke", by: "client", send: { token: "refresh", field: "token" } },
      {
        method: "POST",
        url: "https://api.acme.test/revoke",
        body: expect.stringMatching(/^token=refresh-[^&]*&client_id=client-1&client_secret=/),
      },
    ],
    [
      "by a DELETE with JSON, at an address with the client, as GitHub has it",
      {
        url: "https://api.acme.test/applications/{client_id}/token",
        method: "DELETE",
        by: "client",
        send: { token: "access", field: "access_token" },
        body: "json",
      },
      {
        method: "DELETE",
        url: "https://api.acme.test/applications/client-1/token",
        body: expect.stringMatching(/^\{"access_token":"access-/),
      },
    ],
    [
      "by the token itself, as Slack has it",
      { url: "https://api.acme.test/auth.revoke", by: "token" },
      { method: "POST", url: "https://api.acme.test/auth.revoke", body: "" },
    ],
  ])("%s", async (_, revocation, expected) => {
    const { oauth, server, requests } = createAccounts({ facts: { revocation } as Partial<OauthFacts> });
    await authorize(oauth, server, "a");
    await oauth.revoke("a");
    expect(requests.at(-1)).toMatchObject(expected);
    expect(requests.at(-1)?.headers.get("authorization")).toEqual(
      revocation?.by === "token" ? expect.stringMatching(/^Bearer access-/) : null,
    );
  });
});

describe("an account has a host of its own", () => {
  const facts = {
    authorizeUrl: "https://{shop}.acme.test/authorize",
    tokenUrl: "https://{shop}.acme.test/token",
    revocation: { url: "https://{shop}.acme.test/revoke", by: "client", send: { token: "refresh", field: "token" } },
    variables: { shop: { pattern: "[a-z0-9][a-z0-9-]*" } },
  } as const;

  test("that its consent, its tokens and its refreshes use", async () => {
    const { oauth, server, acme, requests } = createAccounts({ facts });
    const { url, state } = await oauth.begin({ redirectUri, account: "a", variables: { shop: "blue-hats" } });
    expect(url).toMatch(/^https:\/\/blue-hats\.acme\.test\/authorize\?/);
    await oauth.complete(`${redirectUri}?${server.consent(url, "a")}`, state);
    server.expireAccess();
    await acme.GET("/api", { account: "a" });
    const hosts = requests
      .filter(({ url: sent }) => sent.endsWith("/token"))
      .map(({ url: sent }) => new URL(sent).host);
    expect(hosts).toEqual(["blue-hats.acme.test", "blue-hats.acme.test"]);
  });

  test.each<Record<string, string>>([
    {},
    { shop: "" },
    { shop: "evil.test/" },
    { shop: "evil.test#" },
    { shop: "evil.test\\" },
    { shop: "a@evil.test" },
    { shop: "a:1" },
    { shop: "a\nb" },
    { shop: "UPPER" },
    { shop: "a", other: "b" },
    { shop: ["a"] as never },
  ])("that is refused where it does not match the pattern: %j", async (variables) => {
    const { oauth } = createAccounts({ facts });
    const error = await rejection(oauth.begin({ redirectUri, account: "a", variables }));
    expect(error).toMatchObject({ name: "ConfigurationError" });
  });

  test("that is refused where it was changed in the store, before a token is sent there", async () => {
    const { oauth, server, acme, requests, all } = createAccounts({ facts });
    const { url, state } = await oauth.begin({ redirectUri, account: "a", variables: { shop: "blue-hats" } });
    await oauth.complete(`${redirectUri}?${server.consent(url, "a")}`, state);
    const { version = "", value = "" } = (await all.store.get("acme:a")) ?? {};
    const changed = value.replace("blue-hats", "evil.test/?");
    expect(changed).not.toBe(value);
    await all.store.put("acme:a", { version: "2", value: changed }, version);
    server.expireAccess();
    expect(await rejection(acme.GET("/api", { account: "a" }))).toMatchObject({ name: "ConfigurationError" });
    expect(await rejection(oauth.revoke("a"))).toMatchObject({ name: "ConfigurationError" });
    expect(
      requests.map(({ url: sent }) => new URL(sent).hostname).filter((host) => !host.endsWith("acme.test")),
    ).toEqual([]);
  });

  test("that is refused where the pattern allows too much", async () => {
    const loose = { ...facts, variables: { shop: { pattern: ".*" } } };
    const { oauth } = createAccounts({ facts: loose });
    for (const shop of ["evil.test/x", "evil.test?", "a@b", "", "a..b", ".a", "a."]) {
      expect(await rejection(oauth.begin({ redirectUri, account: "a", variables: { shop } }))).toMatchObject({
        name: "ConfigurationError",
      });
    }
  });
});

test("a public client has no begin, because nobody could trust its state", async () => {
  const { oauth } = createAccounts({ options: { client: { id: client.id } } });
  expect(await rejection(oauth.begin({ redirectUri }))).toMatchObject({ name: "ConfigurationError" });
});
