import type { AuthScheme, ProviderProfile } from "@connectry/core";
import { describe, expect, test } from "vitest";
import { acme, creator, providers } from "../../test/contract-providers.js";
import { connectorContract } from "./connector-contract.js";
import type { ContractConnector, Create } from "./contract-options.js";

const inHeader = {
  kind: "client-credentials",
  tokenUrl: "/v1/oauth2/token",
  clientAuthentication: "basic",
  clientId: { name: "clientId", env: "ACME_CLIENT_ID" },
  clientSecret: { name: "clientSecret", env: "ACME_CLIENT_SECRET" },
} as const satisfies AuthScheme;
const schemes: Readonly<Record<string, AuthScheme>> = {
  "by Basic, at a path": inHeader,
  "in the body with fields, at another host": {
    ...inHeader,
    tokenUrl: "https://login.acme.test/oauth/token",
    clientAuthentication: "body",
    grantType: "account_credentials",
    parameters: { audience: "acme" },
    fields: [
      { name: "accountId", env: "ACME_ACCOUNT_ID", as: "account_id" },
      { name: "kind", env: "ACME_KIND", as: "kind", default: "enterprise" },
    ],
    prefix: "Token",
  },
};

function contractOf(auth: AuthScheme, create?: Create) {
  const profile: ProviderProfile = { ...acme, auth };
  return connectorContract(profile, { ...providers.acme, create: create ?? creator({ ...providers.acme, profile }) });
}

describe.each(Object.entries(schemes))(
  "a connector that exchanges its credential %s passes the contract",
  (_, auth) => {
    for (const check of contractOf(auth)) test(check.name, check.run);
  },
);

test("a connector that exchanges its credential for each call fails the contract", async () => {
  const create = creator({ ...providers.acme, profile: { ...acme, auth: inHeader } });
  const forgetful: Create = (options) => {
    const connector = create(options);
    const call: ContractConnector["call"] = (...args) => create(options).call(...args);
    return { ...connector, call };
  };
  const failures: string[] = [];
  for (const { name, run } of contractOf(inHeader, forgetful)) {
    if (/exchanged/.test(name)) await Promise.resolve(run()).catch(() => failures.push(name));
  }
  expect(failures).toContain("client id and secret are exchanged once, for the token that all calls are sent with");
});
