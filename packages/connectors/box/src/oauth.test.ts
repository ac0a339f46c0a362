import { memoryTokens, oauthAccounts } from "@connectry/core/oauth";
import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createBox } from "./index.js";
import { boxOauth } from "./oauth.js";

// Id, secret and code are the examples of Box's document.
const client = { id: "ly1nj6n11vionaie65emwzk575hnnmrk", secret: "hOzsTeFlT6ko0dme22uGbQal04SBPYc1" };
const code = "n22JPxrh18m4Y0wIZPIqYZK7VRrsMTWW";
const redirectUri = "https://example.com/auth/callback";

test("a token of a user is requested and replaced with the secret in the body, and revoked", async () => {
  const sent: { url: string; authorization: string | null; form: Record<string, string> }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const form = Object.fromEntries(new URLSearchParams(request.method === "POST" ? await request.text() : ""));
    const { url, headers } = request;
    sent.push({ url, authorization: headers.get("authorization"), form });
    const number = sent.filter((one) => one.url.endsWith("/token")).length;
    const issued = { access_token: `access-${number}`, refresh_token: `refresh-${number}`, expires_in: 3600 };
    return Response.json(url.endsWith("/token") ? issued : {});
  };
  const clock = fakeClock();
  const oauth = oauthAccounts({ provider: boxOauth, client, store: memoryTokens({ clock }), fetch, clock });
  const { url, state } = await oauth.begin({ redirectUri, scopes: ["root_readonly"], account: "ada" });
  expect(url).toMatch(/^https:\/\/account\.box\.com\/api\/oauth2\/authorize\?/);
  const query = new URLSearchParams({ code, state: new URL(url).searchParams.get("state") ?? "" });
  const { account } = await oauth.complete(`${redirectUri}?${query}`, state);
  const box = createBox({ auth: oauth, fetch, clock });
  await box.GET("/users/me", { account });
  await clock.advance(3_600_000);
  await box.GET("/users/me", { account });
  await oauth.revoke(account);
  // https://developer.box.com/guides/authentication/oauth2/without-sdk#4-exchange-code, .../tokens/refresh, .../tokens/revoke
  const secret = { client_id: client.id, client_secret: client.secret };
  expect(sent).toMatchObject([
    { url: "https://api.box.com/oauth2/token", form: { grant_type: "authorization_code", code, ...secret } },
    { url: "https://api.box.com/2.0/users/me", authorization: "Bearer access-1" },
    { form: { grant_type: "refresh_token", refresh_token: "refresh-1", ...secret } },
    { authorization: "Bearer access-2" },
    { url: "https://api.box.com/oauth2/revoke", form: { token: "refresh-2", ...secret } },
  ]);
});
