import type { OauthFacts } from "../../src/index.js";
import { memoryTokens, type OauthAccounts, type OauthAccountsOptions, oauthAccounts } from "../../src/oauth/index.js";
import { createAcme } from "../acme.js";
import { stubFetch } from "../stub-fetch.js";
import {
  type FakeAuthorizationServer,
  type FakeServerOptions,
  fakeAuthorizationServer,
} from "./fake-authorization-server.js";

/** The facts of an invented provider, on whose host its authorization server and its API are. */
export const acmeOauth: OauthFacts = {
  id: "acme",
  name: "Acme",
  authorizeUrl: "https://api.acme.test/authorize",
  tokenUrl: "https://api.acme.test/token",
  revocation: { url: "https://api.acme.test/revoke", by: "client", send: { token: "refresh", field: "token" } },
  clientAuthentication: "body",
  pkce: true,
  response: { account: [["account"]] },
  rotates: true,
  sources: [],
};

/** The secret under which all processes of a test name accounts in Redis. */
export const keySecret = "a secret of these tests";

/** A client of Acme; its secret is a canary. */
export const client = { id: "client-1", secret: "client-canary-4eC39HqLyjWDarjtT1zdp7dc" };

/** A fetch to a fake server. */
export function fetchOf(server: Pick<FakeAuthorizationServer, "respond">) {
  return stubFetch(async ({ url, headers, body }) => {
    const text = typeof body === "string" ? body : String(body ?? "");
    const { status, body: json } = server.respond(
      new URL(url).pathname,
      text,
      headers.get("authorization") ?? undefined,
    );
    return Response.json(json, { status });
  });
}

/** What a test of accounts may replace. */
export interface AccountsSetup {
  readonly server?: FakeServerOptions;
  readonly facts?: Partial<OauthFacts>;
  readonly options?: Partial<OauthAccountsOptions>;
}

const redirectUri = "https://app.test/callback";

/** The owner of an account consents. */
export async function authorize(oauth: OauthAccounts, server: FakeAuthorizationServer, account: string) {
  const { url, state } = await oauth.begin({ redirectUri, scopes: ["read", "write"], account });
  return oauth.complete(`${redirectUri}?${server.consent(url, account)}`, state);
}

/** A fake server, its accounts, a client of its API, and what was sent to it. */
export interface Accounts {
  readonly server: FakeAuthorizationServer;
  readonly oauth: OauthAccounts;
  readonly acme: ReturnType<typeof createAcme>;
  readonly requests: ReturnType<typeof stubFetch>["requests"];
  /** The options of the accounts, for other processes. */
  readonly all: OauthAccountsOptions & { readonly fetch: typeof globalThis.fetch };
}

/** Accounts of a fake server, and a client of its API. */
export function createAccounts({ server: serverOptions = {}, facts = {}, options = {} }: AccountsSetup = {}): Accounts {
  const server = fakeAuthorizationServer(serverOptions);
  const { fetch, requests } = fetchOf(server);
  const all = { provider: { ...acmeOauth, ...facts }, client, store: memoryTokens(options), fetch, ...options };
  const oauth = oauthAccounts(all);
  const acme = createAcme({
    fetch: options.fetch ?? fetch,
    auth: oauth,
    ...(options.clock && { clock: options.clock }),
  });
  return { server, oauth, acme, requests, all };
}
