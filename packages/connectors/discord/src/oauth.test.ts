import { memoryTokens, oauthAccounts } from "@connectry/core/oauth";
import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createDiscord } from "./index.js";
import { discordOauth } from "./oauth.js";

// The id, the secret, the code and both responses are those of https://docs.discord.com/developers/topics/oauth2.
const client = { id: "332269999912132097", secret: "937it3ow87i4ery69876wqire" };
const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`;
const redirectUri = "https://nicememe.website";
const code = "NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee";
const issued = {
  access_token: "6qrZcUqja7812RVdnEKjpzOL4CvHBFG",
  token_type: "Bearer",
  expires_in: 604800,
  refresh_token: "D43f5y0ahjqew82jZ4NViEr2YafMKhue",
  scope: "identify",
};
const refreshed = {
  ...issued,
  access_token: "zMndOe7jFLXGawdlxMOdNvXjjOce5X",
  refresh_token: "mgp8qnvBwJcmadwgCYKyYD",
};

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly type: string | null;
  readonly form: Readonly<Record<string, string>>;
}

/** Discord's addresses of OAuth, each of which responds once with what is next, and its API. */
function discordServer(tokens: unknown[]) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url, method, headers } = request;
    const body = new URLSearchParams(method === "POST" ? await request.text() : "");
    const [authorization, type] = [headers.get("authorization"), headers.get("content-type")];
    sent.push({ url, method, authorization, type, form: Object.fromEntries(body) });
    if (url.endsWith("/oauth2/token")) return Response.json(tokens.shift());
    return Response.json(url.endsWith("/revoke") ? {} : { id: "268473310986240001" });
  };
  return { fetch, sent };
}

async function consent(server: ReturnType<typeof discordServer>, clock = fakeClock()) {
  const oauth = oauthAccounts({
    provider: discordOauth,
    client,
    store: memoryTokens({ clock }),
    fetch: server.fetch,
    clock,
  });
  const { url, state } = await oauth.begin({ redirectUri, scopes: ["identify", "guilds.join"], account: "nelly" });
  const query = new URLSearchParams({ code, state: new URL(url).searchParams.get("state") ?? "" });
  const { account, scopes } = await oauth.complete(`${redirectUri}?${query}`, state);
  return { oauth, url: new URL(url), account, scopes };
}

test("consent is asked for at Discord's address with scopes that a space separates, and the code is exchanged by Basic", async () => {
  const server = discordServer([issued]);
  const { url, account, scopes } = await consent(server);
  expect(url.origin + url.pathname).toBe("https://discord.com/oauth2/authorize");
  expect(url.search).toContain(`scope=${encodeURIComponent("identify guilds.join").replace("%20", "+")}`);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirectUri,
    code_challenge_method: "S256",
  });
  expect([account, scopes]).toEqual(["nelly", ["identify"]]);
  expect(server.sent).toMatchObject([
    {
      url: "https://discord.com/api/oauth2/token",
      method: "POST",
      authorization: basic,
      type: expect.stringMatching(/^application\/x-www-form-urlencoded/),
      form: { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: expect.any(String) },
    },
  ]);
});

test("the token of a user is sent after the word Bearer, and after 7 days the one that replaced it", async () => {
  const server = discordServer([issued, refreshed]);
  const clock = fakeClock();
  const { oauth, account } = await consent(server, clock);
  const discord = createDiscord({ auth: oauth, fetch: server.fetch, clock });
  await discord.GET("/users/@me", { account });
  await clock.advance(604_800_000);
  await discord.GET("/users/@me", { account });
  expect(server.sent.slice(1)).toMatchObject([
    { url: "https://discord.com/api/v10/users/@me", authorization: `Bearer ${issued.access_token}` },
    { authorization: basic, form: { grant_type: "refresh_token", refresh_token: issued.refresh_token } },
    { authorization: `Bearer ${refreshed.access_token}` },
  ]);
});

test("an account that is removed is revoked by its refresh token, in a form", async () => {
  const server = discordServer([issued]);
  const { oauth, account } = await consent(server);
  await oauth.revoke(account);
  expect(server.sent[1]).toMatchObject({
    url: "https://discord.com/api/oauth2/token/revoke",
    method: "POST",
    authorization: basic,
    type: expect.stringMatching(/^application\/x-www-form-urlencoded/),
    form: { token: issued.refresh_token },
  });
});
