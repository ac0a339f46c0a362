import { memoryTokens, oauthAccounts } from "@connectry/core/oauth";
import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createXero } from "./index.js";
import { xeroOauth } from "./oauth.js";

const client = { id: "client-id", secret: "client-secret" };
const basic = `Basic ${btoa("client-id:client-secret")}`;
const redirectUri = "https://example.com/xero/callback";

test("a token is requested by Basic, replaced after 30 minutes with its refresh token, and revoked by it", async () => {
  const sent: { url: string; authorization: string | null; form: Record<string, string> }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const form = Object.fromEntries(new URLSearchParams(request.method === "POST" ? await request.text() : ""));
    const { url, headers } = request;
    sent.push({ url, authorization: headers.get("authorization"), form });
    const number = sent.filter((one) => one.url.endsWith("/token")).length;
    // "Token Set" in the README of xero-node
    const issued = { access_token: `access-${number}`, expires_in: 1800, refresh_token: `refresh-${number}` };
    return Response.json(url.endsWith("/token") ? { ...issued, token_type: "Bearer" } : {});
  };
  const clock = fakeClock();
  const oauth = oauthAccounts({ provider: xeroOauth, client, store: memoryTokens({ clock }), fetch, clock });
  const scopes = ["accounting.contacts", "offline_access"];
  const { url, state } = await oauth.begin({ redirectUri, scopes, account: "ada" });
  expect(url).toMatch(/^https:\/\/login\.xero\.com\/identity\/connect\/authorize\?/);
  expect(new URL(url).searchParams.get("scope")).toBe("accounting.contacts offline_access");
  const query = new URLSearchParams({ code: "xyz123", state: new URL(url).searchParams.get("state") ?? "" });
  const { account } = await oauth.complete(`${redirectUri}?${query}`, state);
  const xero = createXero({ auth: oauth, fetch, clock });
  await xero.GET("/Connections", { account });
  await clock.advance(1_800_000);
  await xero.GET("/Connections", { account });
  await oauth.revoke(account);
  expect(sent).toMatchObject([
    { url: "https://identity.xero.com/connect/token", authorization: basic, form: { code: "xyz123" } },
    { url: "https://api.xero.com/Connections", authorization: "Bearer access-1" },
    { authorization: basic, form: { grant_type: "refresh_token", refresh_token: "refresh-1" } },
    { authorization: "Bearer access-2" },
    { url: "https://identity.xero.com/connect/revocation", authorization: basic, form: { token: "refresh-2" } },
  ]);
});
