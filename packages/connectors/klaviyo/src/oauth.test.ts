import { memoryTokens, oauthAccounts } from "@connectry/core/oauth";
import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createKlaviyo } from "./index.js";
import { klaviyoOauth } from "./oauth.js";

const redirectUri = "https://app.example.com/klaviyo/callback";
const issued = (n: number) => ({
  access_token: `access-${n}`,
  refresh_token: `refresh-${n}`,
  token_type: "bearer",
  expires_in: 3_600,
  scope: "profiles:read",
});

function setUp() {
  const sent: { url: string; authorization: string | null; form: Record<string, string> }[] = [];
  const responses: Response[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const form = Object.fromEntries(new URLSearchParams(request.method === "POST" ? await request.text() : ""));
    sent.push({ url: request.url, authorization: request.headers.get("authorization"), form });
    return responses.shift() ?? Response.json({ data: [], links: {} });
  };
  const clock = fakeClock();
  const client = { id: "client-id", secret: "client-secret" };
  const oauth = oauthAccounts({ provider: klaviyoOauth, client, store: memoryTokens({ clock }), fetch, clock });
  const connect = async () => {
    responses.push(Response.json(issued(1)));
    const { url, state } = await oauth.begin({
      redirectUri,
      scopes: ["profiles:read", "lists:read"],
      account: "shop-1",
    });
    const asked = new URL(url);
    const query = new URLSearchParams({ code: "code", state: asked.searchParams.get("state") ?? "" });
    await oauth.complete(`${redirectUri}?${query}`, state);
    return asked;
  };
  return { sent, responses, clock, oauth, connect, klaviyo: createKlaviyo({ auth: oauth, fetch, clock }) };
}

const basic = `Basic ${btoa("client-id:client-secret")}`;

test("a code is exchanged with its verifier, and tokens are sent as Bearer, without the word of keys", async () => {
  const { sent, responses, clock, connect, klaviyo } = setUp();
  const asked = await connect();
  expect(asked.origin + asked.pathname).toBe("https://www.klaviyo.com/oauth/authorize");
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    scope: "profiles:read lists:read",
    code_challenge_method: "S256",
  });
  await klaviyo.GET("/api/profiles", { account: "shop-1" });

  responses.push(Response.json(issued(2)));
  await clock.advance(3_600_000);
  await klaviyo.GET("/api/profiles", { account: "shop-1" });
  expect(sent).toMatchObject([
    {
      url: "https://a.klaviyo.com/oauth/token",
      authorization: basic,
      form: { grant_type: "authorization_code", code_verifier: expect.stringMatching(/^.{43,}$/) },
    },
    { authorization: "Bearer access-1" },
    { authorization: basic, form: { grant_type: "refresh_token", refresh_token: "refresh-1" } },
    { authorization: "Bearer access-2" },
  ]);
});

test("an account that removed the app has to connect again", async () => {
  const { responses, clock, connect, klaviyo } = setUp();
  await connect();
  responses.push(Response.json({ error: "invalid_grant_type" }, { status: 400 }));
  await clock.advance(3_600_000);
  const call = klaviyo.GET("/api/profiles", { account: "shop-1" });
  await expect(call).rejects.toMatchObject({ name: "ReauthorizationRequiredError", account: "shop-1" });
});

test("a revocation sends the refresh token", async () => {
  const { sent, oauth, connect } = setUp();
  await connect();
  await oauth.revoke("shop-1");
  expect(sent[1]).toMatchObject({
    url: "https://a.klaviyo.com/oauth/revoke",
    authorization: basic,
    form: { token: "refresh-1" },
  });
});
