import { createHash } from "node:crypto";
import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { rejection } from "../../../test/call.js";
import { authorize, client, createAccounts } from "../../../test/oauth/accounts.js";
import { memoryTokens } from "../index.js";

const redirectUri = "https://app.test/callback";

describe("a consent", () => {
  test("ends with an account, whose calls carry its token", async () => {
    const { server, oauth, acme } = createAccounts();
    for (const name of ["a", "b"]) {
      const { account, scopes, response } = await authorize(oauth, server, name);
      expect([account, scopes]).toEqual([name, ["read", "write"]]);
      expect(response).toMatchObject({ account: name, expires_in: 3_600 });
      expect(JSON.stringify(response)).not.toContain("canary");
    }
    expect((await acme.GET("/api", { account: "a" })).data).toEqual({ account: "a" });
    expect((await acme.GET("/api", { account: "b" })).data).toEqual({ account: "b" });
    expect(server.counts).toMatchObject({ exchanges: 2, refreshes: 0 });
  });

  test("is asked for with the client, the scopes, a state and a challenge of PKCE", async () => {
    const { oauth, server } = createAccounts({
      facts: { scopeSeparator: ",", parameters: { authorize: { prompt: "consent" } } },
    });
    const { url, state } = await oauth.begin({
      redirectUri,
      scopes: ["read", "write"],
      account: "a",
      parameters: { hint: "x" },
    });
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toEqual({
      response_type: "code",
      client_id: client.id,
      redirect_uri: redirectUri,
      scope: "read,write",
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
      prompt: "consent",
      hint: "x",
    });
    await oauth.complete(`/callback?${server.consent(url, "a")}`, state);
    const verifier = server.requests[0]?.form.get("code_verifier") ?? "";
    expect(createHash("sha256").update(verifier).digest("base64url")).toBe(query.code_challenge);
  });

  test("has no challenge where the provider does not take part in PKCE, and no scope where none is asked for", async () => {
    const { oauth } = createAccounts({ facts: { pkce: false } });
    const { url } = await oauth.begin({ redirectUri });
    expect([...new URL(url).searchParams.keys()].sort()).toEqual([
      "client_id",
      "redirect_uri",
      "response_type",
      "state",
    ]);
  });

  test("that names no account has the one that the response names", async () => {
    const { oauth, server } = createAccounts();
    const { url, state } = await oauth.begin({ redirectUri });
    expect(await oauth.complete(`${redirectUri}?${server.consent(url, "42")}`, state)).toMatchObject({ account: "42" });
    const other = createAccounts({ facts: { response: { account: [["team", "id"], ["id"]] } } });
    const begun = await other.oauth.begin({ redirectUri });
    const callback = `${redirectUri}?${other.server.consent(begun.url, "42")}`;
    expect(await rejection(other.oauth.complete(callback, begun.state))).toMatchObject({ name: "ConfigurationError" });
  });

  test("must not replace what is ours in the address", async () => {
    const { oauth } = createAccounts();
    for (const name of ["state", "client_id", "redirect_uri", "code_challenge"]) {
      const error = await rejection(oauth.begin({ redirectUri, parameters: { [name]: "x" } }));
      expect(error).toMatchObject({ name: "ConfigurationError", message: expect.stringContaining(name) });
    }
  });
});

describe("a callback is refused, and nothing is exchanged", () => {
  const refused = async (change: (parameters: URLSearchParams) => void, facts = {}) => {
    const { oauth, server } = createAccounts({ facts });
    const { url, state } = await oauth.begin({ redirectUri, account: "a" });
    const parameters = server.consent(url, "a");
    change(parameters);
    const error = await rejection(oauth.complete(`${redirectUri}?${parameters}`, state));
    expect(server.requests).toEqual([]);
    return error;
  };

  test.each<[string, (parameters: URLSearchParams) => void, object?]>([
    ["without a state", (parameters) => parameters.delete("state")],
    ["with another state", (parameters) => parameters.set("state", "x".repeat(43))],
    ["with two states", (parameters) => parameters.append("state", "x")],
    ["from another issuer", (parameters) => parameters.set("iss", "https://evil.test")],
    [
      "from another issuer than the documented one",
      (parameters) => parameters.set("iss", "https://api.acme.test"),
      { issuer: "https://acme.test" },
    ],
  ])("%s", async (_, change, facts) => {
    expect(await refused(change, facts)).toMatchObject({ name: "OauthError", code: "invalid-state" });
  });

  test("without a code", async () => {
    expect(await refused((parameters) => parameters.delete("code"))).toMatchObject({ name: "OauthError" });
  });

  test("with the error of the provider", async () => {
    const error = await refused((parameters) => {
      parameters.delete("code");
      parameters.set("error", "access_denied");
      parameters.set("error_description", "<script>alert(1)</script>");
    });
    expect(error).toMatchObject({ name: "OauthError", provider: "Acme", code: "access_denied" });
    expect(error.message).not.toContain("script");
  });
});

test.each(["https://api.acme.test", "https://api.acme.test/issuer"])(
  "a callback from the issuer %s, on the origin of the page of consent, is accepted where none is documented",
  async (iss) => {
    const { oauth, server } = createAccounts();
    const { url, state } = await oauth.begin({ redirectUri, account: "a" });
    const parameters = server.consent(url, "a");
    parameters.set("iss", iss);
    await oauth.complete(`${redirectUri}?${parameters}`, state);
    expect(server.counts.exchanges).toBe(1);
  },
);

describe("a state", () => {
  test("that was changed, made up, or begun for another provider is refused", async () => {
    const { oauth, server } = createAccounts();
    const { url, state } = await oauth.begin({ redirectUri, account: "a" });
    const callback = `${redirectUri}?${server.consent(url, "a")}`;
    const foreign = await createAccounts({ facts: { id: "other" } }).oauth.begin({ redirectUri, account: "victim" });
    for (const wrong of [`${state.slice(0, -4)}AAAA`, "", "{}", undefined as never, foreign.state]) {
      const error = await rejection(oauth.complete(callback, wrong));
      expect(error).toMatchObject({ name: "OauthError", code: "invalid-state" });
    }
    await oauth.complete(callback, state);
  });

  test("is good for 10 minutes", async () => {
    const clock = fakeClock();
    const { oauth, server } = createAccounts({ options: { clock } });
    const { url, state } = await oauth.begin({ redirectUri, account: "a" });
    const callback = `${redirectUri}?${server.consent(url, "a")}`;
    await clock.advance(10 * 60_000 + 1);
    expect(await rejection(oauth.complete(callback, state))).toMatchObject({ code: "invalid-state" });
  });

  test("shows neither the verifier nor the account", async () => {
    const { oauth } = createAccounts();
    const { state } = await oauth.begin({ redirectUri, account: "customer-42" });
    expect(Buffer.from(state.replace(/^v1\./, ""), "base64url").toString("latin1")).not.toMatch(/customer|redirect/);
  });
});

describe("a revocation", () => {
  test("has the provider revoke the refresh token, and removes the account", async () => {
    const store = memoryTokens();
    const { server, oauth, acme } = createAccounts({ options: { store } });
    await authorize(oauth, server, "a");
    await acme.GET("/api", { account: "a" });
    await oauth.revoke("a");
    expect(server.counts.revocations).toBe(1);
    expect(await store.get("acme:a")).toBeUndefined();
    const error = await rejection(acme.GET("/api", { account: "a" }));
    expect(error).toMatchObject({
      name: "ReauthorizationRequiredError",
      account: "a",
      provider: "Acme",
      code: "no-tokens",
    });
    await oauth.revoke("a");
    expect(server.counts.revocations).toBe(1);
  });

  test("to which the provider does not respond keeps the tokens", async () => {
    const { server, oauth, acme, all } = createAccounts();
    await authorize(oauth, server, "a");
    const broken = createAccounts({
      options: { ...all, fetch: () => Promise.reject(new TypeError("fetch failed")) },
    });
    expect(await rejection(broken.oauth.revoke("a"))).toMatchObject({ name: "OauthError", code: "response-lost" });
    expect((await acme.GET("/api", { account: "a" })).data).toEqual({ account: "a" });
  });

  test("during a refresh leaves no token behind", async () => {
    const clock = fakeClock();
    const { server, oauth, acme, all } = createAccounts({ server: { nowMs: () => clock.now() }, options: { clock } });
    await authorize(oauth, server, "a");
    const { fetch } = all;
    const slow: typeof fetch = async (...args) => {
      const response = await fetch(...args);
      // The account is revoked while the response is on its way.
      if (String(args[0]).endsWith("/token")) await oauth.revoke("a");
      return response;
    };
    const other = createAccounts({ options: { ...all, fetch: slow } });
    await clock.advance(3_600_001);
    const error = await rejection(other.acme.GET("/api", { account: "a" }));
    expect(error).toMatchObject({ name: "ReauthorizationRequiredError", code: "no-tokens" });
    expect(await all.store.get("acme:a")).toBeUndefined();
    expect(await rejection(acme.GET("/api", { account: "a" }))).toMatchObject({ code: "no-tokens" });
    expect(server.families.every(({ isRevoked }) => isRevoked)).toBe(true);
    // Once for the tokens that were stored, and once for those that arrived.
    const revoked = server.requests.filter(({ path }) => path === "/revoke").map(({ form }) => form.get("token"));
    expect(new Set(revoked).size).toBe(2);
  });
});

test("a consent must name the account where no response does", async () => {
  const { oauth } = createAccounts({ facts: { response: {} } });
  expect(await rejection(oauth.begin({ redirectUri }))).toMatchObject({ name: "ConfigurationError" });
});

test.each(["authorizeUrl", "tokenUrl", "refreshUrl", "deviceUrl"])("a %s that is not https is refused", (name) => {
  const facts = { [name]: "http://api.acme.test/x" };
  expect(() => createAccounts({ facts })).toThrow(expect.objectContaining({ name: "ConfigurationError" }));
  expect(() => createAccounts({ facts: { [name]: "http://127.0.0.1:9/x" } })).not.toThrow();
});
