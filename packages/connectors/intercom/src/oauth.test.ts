import { memoryTokens, oauthAccounts } from "@connectry/core/oauth";
import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createIntercom } from "./index.js";
import { intercomOauth } from "./oauth.js";

// The response of https://developers.intercom.com/docs/build-an-integration/learn-more/authentication/setting-up-oauth
const issued = { token_type: "Bearer", token: "dG9rOjBiM...", access_token: "dG9rOjBiM..." };
const redirectUri = "https://yourapp.com/callback";

test("a code, with the `=` at its end, is exchanged in the body, and its token is sent until it is rejected", async () => {
  const sent: { url: string; authorization: string | null; form: Readonly<Record<string, string>> }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url, headers, method } = request;
    const form = Object.fromEntries(new URLSearchParams(method === "POST" ? await request.text() : ""));
    sent.push({ url, authorization: headers.get("authorization"), form });
    return Response.json(url.endsWith("/token") ? issued : { type: "admin", id: "2633609" });
  };
  const clock = fakeClock();
  const client = { id: "client-id", secret: "client-secret" };
  const store = memoryTokens({ clock });
  const oauth = oauthAccounts({ provider: intercomOauth, client, store, fetch, clock });

  const { url, state } = await oauth.begin({ redirectUri, scopes: [], account: "drzzt019" });
  const asked = new URL(url);
  expect(asked.origin + asked.pathname).toBe("https://app.intercom.com/oauth");
  expect(asked.searchParams.get("client_id")).toBe("client-id");
  const query = new URLSearchParams({ code: "Zm9v=", state: asked.searchParams.get("state") ?? "" });
  const { account } = await oauth.complete(`${redirectUri}?${query}`, state);

  await clock.advance(365 * 86_400_000);
  await createIntercom({ auth: oauth, fetch, clock }).GET("/me", { account });
  expect(sent).toMatchObject([
    {
      url: "https://api.intercom.io/auth/eagle/token",
      authorization: null,
      form: { code: "Zm9v=", client_id: "client-id", client_secret: "client-secret" },
    },
    { url: "https://api.intercom.io/me", authorization: `Bearer ${issued.access_token}` },
  ]);
});
