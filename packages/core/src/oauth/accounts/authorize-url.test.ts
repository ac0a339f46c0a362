import { calculatePKCECodeChallenge } from "oauth4webapi";
import { expect, test } from "vitest";
import { acmeOauth } from "../../../test/oauth/accounts.js";
import { authorizeUrl } from "./authorize-url.js";

test("the challenge of PKCE is that of RFC 7636, appendix B", async () => {
  const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  expect(await calculatePKCECodeChallenge(codeVerifier)).toBe(challenge);
  const consent = { clientId: "client-1", scopes: [], parameters: {} };
  const pending = {
    nonce: "n",
    codeVerifier,
    redirectUri: "https://app.test/",
    account: undefined,
    variables: {},
    beganAtMs: 0,
  };
  const { searchParams } = new URL(await authorizeUrl(acmeOauth, consent, pending));
  expect([searchParams.get("code_challenge"), searchParams.get("code_challenge_method")]).toEqual([challenge, "S256"]);
});
