import { expect, test } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { acmeOauth, client, fetchOf } from "../../../test/oauth/accounts.js";
import { fakeAuthorizationServer } from "../../../test/oauth/fake-authorization-server.js";
import type { OauthFacts, ProviderProfile } from "../../index.js";
import { memoryTokens } from "../store/memory-tokens.js";
import { oauthAccounts } from "./oauth-accounts.js";

const variables = { shop: { pattern: "[a-z0-9][a-z0-9-]*" } };
const baseUrl = "https://{shop}.myshopify.com";
const profile: Partial<ProviderProfile> = { baseUrl, variables };
const provider: OauthFacts = {
  ...acmeOauth,
  authorizeUrl: `${baseUrl}/authorize`,
  tokenUrl: `${baseUrl}/token`,
  revocation: { ...acmeOauth.revocation!, url: `${baseUrl}/revoke` },
  variables,
};
const redirectUri = "https://app.test/callback";

/** A client of an app that has accounts in several shops. */
function createShops() {
  const server = fakeAuthorizationServer({});
  const { fetch, requests } = fetchOf(server);
  const store = memoryTokens();
  const accounts = () => oauthAccounts({ provider, client, store, fetch });
  const connect = async (account: string, shop: string) => {
    const oauth = accounts();
    const { url, state } = await oauth.begin({ redirectUri, account, variables: { shop } });
    await oauth.complete(`${redirectUri}?${server.consent(url, account)}`, state);
  };
  return { server, store, requests, connect, create: () => createAcme({ fetch, auth: accounts() }, profile) };
}

test("calls of an account go to the host that its consent had, also in another process", async () => {
  const { requests, connect, create } = createShops();
  await connect("a", "blue-hats");
  await connect("b", "red-shoes");
  const acme = create();
  for (const account of ["a", "b", "a"]) await acme.GET("/api", { account });
  const hosts = requests.filter(({ url }) => url.endsWith("/api")).map(({ url }) => new URL(url).host);
  expect(hosts).toEqual(["blue-hats.myshopify.com", "red-shoes.myshopify.com", "blue-hats.myshopify.com"]);
});

test("the refresh and the revocation of an account go to its host, and a new consent moves it", async () => {
  const { server, requests, connect, create } = createShops();
  await connect("a", "blue-hats");
  const acme = create();
  await acme.GET("/api", { account: "a" });
  server.expireAccess();
  await acme.GET("/api", { account: "a" });
  expect(new Set(requests.map(({ url }) => new URL(url).host))).toEqual(new Set(["blue-hats.myshopify.com"]));
  await connect("a", "red-shoes");
  await create().GET("/api", { account: "a" });
  expect(requests.at(-1)?.url).toBe("https://red-shoes.myshopify.com/api");
});

test("a host that was changed in the store is refused, and gets no request", async () => {
  const { store, requests, connect, create } = createShops();
  await connect("a", "blue-hats");
  const stored = (await store.get("acme:a"))!;
  const value = stored.value.replace("blue-hats", "evil.example/");
  await store.put("acme:a", { version: "2", value }, stored.version);
  const before = requests.length;
  expect(await rejection(create().GET("/api", { account: "a" }))).toMatchObject({ name: "ConfigurationError" });
  expect(requests).toHaveLength(before);
});

test("an account without tokens is to be authorized", async () => {
  const error = await rejection(createShops().create().GET("/api", { account: "nobody" }));
  expect(error).toMatchObject({ name: "ReauthorizationRequiredError", account: "nobody" });
});
