import type { AccountSource, CredentialSource } from "../../auth/credential-source.js";
import { createRedactor } from "../../auth/redact.js";
import { checkBaseUrl } from "../../client/base-url.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import { OauthError } from "../../errors/oauth-errors.js";
import type { Reply } from "../../pipeline/reply.js";
import { systemClock } from "../../platform/clock.js";
import { accessToken, toCredentialSource } from "../keeper/access-token.js";
import type { AccountTokens } from "../server/account-tokens.js";
import { toOauthError } from "../server/authorization-server.js";
import { readResponse } from "../server/read-response.js";
import { type MintedTokensOptions, mintedTokens } from "./minted-tokens.js";
import { importPrivateKey, signJwt } from "./private-key.js";
import type { ServerClock } from "./server-clock.js";

/** The options of `githubApp`. */
export interface GithubAppOptions extends MintedTokensOptions {
  /** The id of the app, or its client id. */
  readonly appId: string | number;
  /** The PEM text of a private key of the app: GitHub's files have PKCS#1, others PKCS#8. */
  readonly privateKey: string;
  /** GitHub's API, where it is another than `https://api.github.com`. */
  readonly baseUrl?: string | undefined;
  /** The names of the repositories that the token is for. @default all of the installation */
  readonly repositories?: readonly string[] | undefined;
  /** What the token may do, such as `{ contents: "read" }`. @default what the installation may */
  readonly permissions?: Readonly<Record<string, string>> | undefined;
}

const facts = {
  id: "github-app",
  name: "GitHub",
  response: { error: { code: [], message: ["message"] } },
} as const;
// A token may be unknown to some of GitHub's servers for some seconds: https://github.com/octokit/auth-app.js/issues/65
const settlesWithinMs = 5_000;
const retryAfterMs = 2_000;
// https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
const backdatedS = 60;
const lifetimeS = 540;
const hourMs = 3_600_000;

/** Creates a token of an installation, which lives for an hour. */
async function createInstallationToken(
  installation: string,
  server: ServerClock,
  {
    appId,
    key,
    baseUrl,
    body,
  }: { readonly appId: string; readonly key: CryptoKey; readonly baseUrl: string; readonly body: string },
): Promise<AccountTokens> {
  // It becomes part of an address.
  if (!/^\d+$/.test(installation))
    throw new ConfigurationError("githubApp: the id of an installation must be a number.");
  const nowS = Math.floor(server.now() / 1_000);
  const jwt = await signJwt(key, { iss: appId, iat: nowS - backdatedS, exp: nowS + lifetimeS }, undefined);
  const redact = createRedactor([jwt]);
  const request = {
    url: `${baseUrl}/app/installations/${installation}/access_tokens`,
    method: "POST",
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${jwt}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28",
    },
    body,
  };
  try {
    const reply = await server.send(request, redact);
    const { token, expires_at: expiresAt } = readResponse(reply, {
      facts,
      redact,
      nowMs: server.now(),
    });
    if (typeof token !== "string" || !token) {
      throw new OauthError("GitHub's response has no token", { provider: facts.name, code: "malformed-response" });
    }
    const leftMs = Date.parse(String(expiresAt)) - server.now();
    return { accessToken: token, lifetimeMs: leftMs > 0 ? Math.min(leftMs, hourMs) : hourMs };
  } catch (error) {
    throw toOauthError(facts, error);
  }
}

/**
 * The tokens of the installations of a GitHub App: of the one that `installationId` names, or of that which each call names by
 * `account`. A token that GitHub does not know yet, in its first 5 seconds, is used again after a while, not replaced. Rejects with
 * OauthError where GitHub refuses the app.
 */
export function githubApp(
  options: GithubAppOptions & { readonly installationId: string | number },
): CredentialSource<string>;
export function githubApp(options: GithubAppOptions): AccountSource<string>;
export function githubApp(
  options: GithubAppOptions & { readonly installationId?: string | number },
): CredentialSource<string> | AccountSource<string> {
  const { appId, privateKey, installationId, repositories, permissions, clock = systemClock } = options;
  const baseUrl = checkBaseUrl(options.baseUrl ?? "https://api.github.com", { where: "githubApp" });
  const body = JSON.stringify({ repositories, permissions });
  let key: Promise<CryptoKey> | undefined;
  const mint = async (installation: string, server: ServerClock) => {
    key ??= importPrivateKey(privateKey);
    return createInstallationToken(installation, server, { appId: String(appId), key: await key, baseUrl, body });
  };
  // Tokens of fewer repositories or permissions are others.
  const id = body === "{}" ? `${facts.id} ${appId}` : `${facts.id} ${appId} ${body}`;
  const keeper = mintedTokens({ id, name: facts.name }, mint, options);

  const review = (reply: Reply, token: string, installation: string): Reply => {
    const { status, verdict } = reply;
    if ((status !== 401 && status !== 403) || (verdict.kind !== "failed" && verdict.kind !== "reauthenticate"))
      return reply;
    const atMs = keeper.issuedAtMs(installation, token);
    if (atMs === undefined || clock.monotonic() - atMs > settlesWithinMs) return reply;
    return { ...reply, verdict: { ...verdict, kind: "transient", retryAfterMs, notApplied: true } };
  };
  if (installationId !== undefined) {
    const own = String(installationId);
    return { ...toCredentialSource(keeper, own), review: (reply: Reply, token: string) => review(reply, token, own) };
  }
  return { getAccount: (request) => accessToken(keeper, request.account, request), review };
}
