import { expect, test } from "vitest";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { clientCredentials, memoryTokens, oauthAccounts } from "../index.js";

/**
 * https://developer.squareup.com/docs/oauth-api/create-urls-for-square-authorization and
 * https://developer.squareup.com/docs/devtools/sandbox/overview: the sandbox is `connect.squareupsandbox.com`.
 */
const square = {
  id: "square",
  name: "Square",
  authorizeUrl: "https://connect.squareup.com/oauth2/authorize",
  tokenUrl: "https://connect.squareup.com/oauth2/token",
  clientAuthentication: "body",
  body: "json",
  pkce: false,
  rotates: false,
  environments: {
    production: {},
    sandbox: {
      authorizeUrl: "https://connect.squareupsandbox.com/oauth2/authorize",
      tokenUrl: "https://connect.squareupsandbox.com/oauth2/token",
    },
  },
  sources: [],
} as const satisfies OauthFacts;

const client = { id: "sq0idp-1", secret: "canary_secret_4eC39HqLyjWDarjtT1zdp7dc" };

/** A token server at every address, and the addresses at which it was asked. */
function tokenServer() {
  const asked: string[] = [];
  const fetch = (async (input: Request | string | URL) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return Response.json({ access_token: `token-${asked.length}`, token_type: "bearer", expires_in: 3_600 });
  }) as typeof globalThis.fetch;
  return { fetch, asked };
}

test.each([
  [undefined, "https://connect.squareup.com"],
  ["production", "https://connect.squareup.com"],
  ["sandbox", "https://connect.squareupsandbox.com"],
])("a consent is asked for, and its code exchanged, in the environment %s", async (environment, origin) => {
  const { fetch, asked } = tokenServer();
  const oauth = oauthAccounts({ provider: square, environment, client, store: memoryTokens(), fetch });
  const { url, state } = await oauth.begin({ redirectUri: "https://app.test/callback", account: "a" });
  expect(url).toContain(`${origin}/oauth2/authorize?`);
  const query = new URL(url).searchParams;
  await oauth.complete(`/callback?code=1&state=${query.get("state")}`, state);
  expect(asked).toEqual([`${origin}/oauth2/token`]);
});

test("R28: accounts of two environments are two in one store", async () => {
  const { fetch } = tokenServer();
  const store = memoryTokens();
  const signal = new AbortController().signal;
  const accounts = (environment: string) => oauthAccounts({ provider: square, environment, client, store, fetch });
  const connect = async (oauth: ReturnType<typeof oauthAccounts>) => {
    const { url, state } = await oauth.begin({ redirectUri: "https://app.test/callback", account: "a" });
    await oauth.complete(`/callback?code=1&state=${new URL(url).searchParams.get("state")}`, state);
  };
  await connect(accounts("production"));
  await connect(accounts("sandbox"));
  // Others of the same environments, as another process has.
  const request = { account: "a", signal, refresh: false, refused: undefined };
  expect(await accounts("production").getAccount(request)).toBe("token-1");
  expect(await accounts("sandbox").getAccount(request)).toBe("token-2");
});

test("the credential of a client itself is requested in its environment", async () => {
  const { fetch, asked } = tokenServer();
  const signal = new AbortController().signal;
  for (const environment of [undefined, "sandbox"]) {
    const source = clientCredentials({ provider: square, environment, client, fetch });
    await source.get({ signal, refresh: false, refused: undefined });
  }
  expect(asked).toEqual([
    "https://connect.squareup.com/oauth2/token",
    "https://connect.squareupsandbox.com/oauth2/token",
  ]);
});

test("an environment that the facts do not have is refused, and an address that is not https", () => {
  const create = (provider: OauthFacts, environment: string) =>
    oauthAccounts({ provider, environment, client, store: memoryTokens() });
  expect(() => create(square, "test")).toThrow(
    'Square, OAuth: `environment` must be "production", "sandbox", got "test".',
  );
  expect(() => create(square, "constructor")).toThrow("`environment` must be");
  const insecure = { ...square, environments: { production: {}, sandbox: { tokenUrl: "http://evil.example" } } };
  expect(() => create(insecure, "sandbox")).toThrow("baseUrl must be an https URL");
});
