import { memoryTokens, oauthAccounts } from "@connectry/core/oauth";
import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createResend } from "./index.js";
import { resendOauth } from "./oauth.js";

// The id, the code and the response are those of https://resend.com/docs/api-reference/oauth/token; the secret has signs to encode.
const client = { id: "550e8400-e29b-41d4-a716-446655440000", secret: "s3cr:t/of+a client" };
/** Id and secret of a header, as a server reads them: form-decoded (RFC 6749, section 2.3.1). */
const clientOf = (authorization: string | null) => {
  const form = atob((authorization ?? "").replace("Basic ", "")).split(":");
  const [id, secret] = form.map((part) => new URLSearchParams(`part=${part}`).get("part"));
  return form.length === 2 ? { id, secret } : undefined;
};
const redirectUri = "https://app.example.com/resend/callback";
const issued = {
  access_token: "eyJhbGciOiJFUzI1NiIsImtpZCI6Im9hdXRoX2tleSIsInR5cCI6ImF0K2p3dCJ9",
  token_type: "Bearer",
  expires_in: 900,
  refresh_token: "JcL7aYfE7S9h3L4qv0o2e1w8m6n5b3x9RkP2tD4uV6Q",
  scope: "emails:send",
};
const refreshed = { ...issued, access_token: "eyJhbGciOiJFUzI1NiJ9.second", refresh_token: "second-of-the-family" };

interface Sent {
  readonly url: string;
  readonly authorization: string | null;
  readonly form: Readonly<Record<string, string>>;
}

/** Resend's addresses of OAuth, each of which responds once with what is next, and its API. */
function resendServer(tokens: unknown[]) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded");
    const form = Object.fromEntries(new URLSearchParams(isForm ? await request.text() : ""));
    sent.push({ url: request.url, authorization: request.headers.get("authorization"), form });
    if (request.url.endsWith("/oauth/token")) return Response.json(tokens.shift());
    return request.url.endsWith("/oauth/revoke") ? new Response() : Response.json({ id: "49a3999c" });
  };
  return { fetch, sent };
}

async function consent(
  server: ReturnType<typeof resendServer>,
  { clock = fakeClock(), iss = resendOauth.issuer as string } = {},
) {
  const store = memoryTokens({ clock });
  const oauth = oauthAccounts({ provider: resendOauth, client, store, fetch: server.fetch, clock });
  const { url, state } = await oauth.begin({ redirectUri, scopes: ["emails:send"], account: "team-1" });
  const query = new URLSearchParams({
    code: "AUTHORIZATION_CODE",
    state: new URL(url).searchParams.get("state") ?? "",
    iss,
  });
  const { account, scopes } = await oauth.complete(`${redirectUri}?${query}`, state);
  return { oauth, url: new URL(url), account, scopes };
}

test("consent is asked for with PKCE, and the code is exchanged by id and secret, each encoded", async () => {
  const server = resendServer([issued]);
  const { url, account, scopes } = await consent(server);
  expect(url.origin + url.pathname).toBe("https://api.resend.com/oauth/authorize");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: "code",
    client_id: client.id,
    scope: "emails:send",
    code_challenge_method: "S256",
  });
  expect([account, scopes]).toEqual(["team-1", ["emails:send"]]);
  expect(clientOf(server.sent[0]?.authorization ?? null)).toEqual(client);
  expect(server.sent).toMatchObject([
    {
      url: "https://api.resend.com/oauth/token",
      form: { grant_type: "authorization_code", code: "AUTHORIZATION_CODE", code_verifier: expect.any(String) },
    },
  ]);
});

test("a callback of another issuer is refused before its code is sent", async () => {
  const server = resendServer([issued]);
  await expect(consent(server, { iss: "https://login.test" })).rejects.toThrow("iss");
  expect(server.sent).toEqual([]);
});

test("after 15 minutes the token is replaced, and the refresh token with it", async () => {
  const server = resendServer([issued, refreshed, issued]);
  const clock = fakeClock();
  const { oauth, account } = await consent(server, { clock });
  const resend = createResend({ auth: oauth, fetch: server.fetch, clock });
  for (let call = 0; call < 3; call += 1) {
    await resend.GET("/domains", { account });
    await clock.advance(900_000);
  }
  const calls = server.sent.filter(({ url }) => url === "https://api.resend.com/domains");
  expect(calls.map(({ authorization }) => authorization)).toEqual(
    [issued, refreshed, issued].map(({ access_token: token }) => `Bearer ${token}`),
  );
  const refreshes = server.sent.filter(({ form }) => form.grant_type === "refresh_token");
  expect(refreshes.map(({ form }) => form.refresh_token)).toEqual([issued.refresh_token, refreshed.refresh_token]);
});

test("an account that is removed is revoked by its refresh token", async () => {
  const server = resendServer([issued]);
  const { oauth, account } = await consent(server);
  await oauth.revoke(account);
  expect(clientOf(server.sent[1]?.authorization ?? null)).toEqual(client);
  expect(server.sent[1]).toMatchObject({
    url: "https://api.resend.com/oauth/revoke",
    form: { token: issued.refresh_token },
  });
});
