import type { CredentialSource } from "../../auth/credential-source.js";
import { systemClock } from "../../platform/clock.js";
import { toCredentialSource } from "../keeper/access-token.js";
import { createAuthorizationServer } from "../server/authorization-server.js";
import type { OauthClient } from "../server/client-authentication.js";
import { selectOauthEnvironment } from "../server/oauth-environment.js";
import { completeFacts, type TokenAddressFacts } from "./client-credentials.js";
import { type MintedTokensOptions, mintedTokens } from "./minted-tokens.js";
import { importPrivateKey, signJwt } from "./private-key.js";

/** The options of `jwtBearer`. */
export interface JwtBearerOptions extends MintedTokensOptions {
  /** The facts of the provider: at least `{ id, name, tokenUrl }`. Of Google, `tokenUrl` is `token_uri` of the key file. */
  readonly provider: TokenAddressFacts;
  /** The environment of the provider, as that of the connector. @default the first of the facts */
  readonly environment?: string | undefined;
  /** Who signs: `client_email` of Google's key file. */
  readonly issuer: string;
  /** The PEM text of an RSA key, PKCS#1 or PKCS#8: `private_key` of Google's key file. */
  readonly privateKey: string;
  /** `private_key_id` of Google's key file. @default none */
  readonly keyId?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** On whose behalf the token is, such as a user of a Google Workspace. @default the issuer itself */
  readonly subject?: string | undefined;
  /** @default `tokenUrl` */
  readonly audience?: string | undefined;
  /** The client, where the provider wants one, too. @default none */
  readonly client?: OauthClient | undefined;
}

const grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";
// https://developers.google.com/identity/protocols/oauth2/service-account: at most an hour.
const lifetimeS = 3_600;

/** The credential of a service account that signs its own assertions (RFC 7523), such as Google's: the option `auth`. */
export function jwtBearer(options: JwtBearerOptions): CredentialSource<string> {
  const { issuer, privateKey, keyId, scopes = [], subject, client, clock = systemClock } = options;
  const provider = selectOauthEnvironment(options.provider, options.environment);
  const facts = completeFacts({ clientAuthentication: "body", ...provider });
  const { audience = facts.tokenUrl } = options;
  const scope = scopes.join(facts.scopeSeparator ?? " ");
  let key: Promise<CryptoKey> | undefined;
  const keeper = mintedTokens(
    facts,
    async (_, server) => {
      key ??= importPrivateKey(privateKey);
      const nowS = Math.floor(server.now() / 1_000);
      const claims = {
        iss: issuer,
        aud: audience,
        iat: nowS,
        exp: nowS + lifetimeS,
        ...(scope && { scope }),
        ...(subject !== undefined && { sub: subject }),
      };
      const assertion = await signJwt(await key, claims, keyId);
      // The assertion says who asks, so that most providers want no client.
      const { request } = createAuthorizationServer({
        facts,
        client: client ?? { id: issuer },
        send: server.send,
        clock,
      });
      return (await request(grantType, { assertion })).tokens;
    },
    options,
  );
  return toCredentialSource(keeper, [issuer, subject, audience, scope].filter(Boolean).join(" "));
}
