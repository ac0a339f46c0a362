import { OauthError } from "../../errors/oauth-errors.js";
import type { Secrets } from "../../pipeline/strategies.js";
import { boundedMemo } from "../../platform/bounded-memo.js";
import { systemClock } from "../../platform/clock.js";
import { base64url, hmacSha256 } from "../../platform/hmac.js";
import type { AuthScheme } from "../../provider/profile.js";
import { createAuthorizationServer } from "../server/authorization-server.js";
import { completeFacts } from "../sources/client-credentials.js";
import { type MintedTokensOptions, mintedTokens } from "../sources/minted-tokens.js";

/** A token that calls are sent with, as the credential that a client of a connector resolves to. */
export interface ExchangedToken {
  readonly accessToken: string;
  /** The secret that it was exchanged for, which is redacted as well. */
  readonly clientSecret?: string | undefined;
  /** Names the client that it was exchanged for, which the next token belongs to as well; without a secret. */
  readonly owner?: string | undefined;
}

/** A client as its credential names it. */
interface TokenClient {
  /** What the option `auth` or the environment has, by name. */
  readonly values: Readonly<Record<string, string>>;
  readonly id: string;
  readonly secret: string;
  /** The fields of its token requests. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A client, and where it gets its tokens. */
interface TokenOwner extends TokenClient {
  readonly tokenUrl: string;
}

/** What is asked for. */
interface ClientTokenRequest {
  readonly tokenUrl: string;
  /** Ends the wait of this caller, and nothing else. */
  readonly signal: AbortSignal;
  /** The token that the provider rejected. */
  readonly refused: string | undefined;
}

/** The tokens of the clients of one connector. */
export interface ClientTokens {
  /** The client of a credential: the same for the same values. Undefined means the environment. Throws ConfigurationError for a value that is missing. */
  clientOf(credential: unknown): TokenClient;
  /** A token that is valid for a while, requested once for all callers. Rejects with OauthError. */
  token(client: TokenClient, request: ClientTokenRequest): Promise<ExchangedToken>;
}

/** What the tokens are requested by. */
export interface ClientTokensOptions {
  readonly provider: { readonly id: string; readonly name: string };
  readonly scheme: Extract<AuthScheme, { readonly kind: "client-credentials" }>;
  /** The values of a credential, in the order of id, secret and fields. */
  readonly read: (credential: unknown) => Secrets;
  readonly options: MintedTokensOptions & { readonly allowHttp?: boolean | undefined };
}

const maxClients = 100_000;

/** Creates the tokens of the clients of one connector. */
export function createClientTokens({ provider, scheme, read, options }: ClientTokensOptions): ClientTokens {
  const { fields = [], parameters = {}, grantType = "client_credentials" } = scheme;
  const { clock = systemClock, allowHttp } = options;
  const { clientAuthentication, body, response, lifetimeS } = scheme;
  const { id: providerId, name: providerName } = provider;
  const factsAt = (tokenUrl: string) =>
    completeFacts({
      id: providerId,
      name: providerName,
      tokenUrl,
      clientAuthentication,
      ...(body && { body }),
      ...(response && { response }),
      ...(lifetimeS !== undefined && { lifetimeS }),
      allowHttp,
    });
  const clients = boundedMemo((_, client: TokenClient) => client, { size: maxClients });
  const owners = boundedMemo((_, owner: TokenOwner) => owner, { size: maxClients });
  // Computed once, because each call asks for it. Tokens of another secret, address or field are others.
  const names = boundedMemo(
    (_, { id, secret, about }: { readonly id: string; readonly secret: string; readonly about: string }) => {
      const digest = hmacSha256(secret)(about);
      return { name: digest.then((bytes) => `${id} ${base64url(bytes.subarray(0, 12))}`) };
    },
    { size: maxClients },
  );

  const keeper = mintedTokens(
    provider,
    async (name, { send }) => {
      const owner = owners.peek(name);
      if (!owner) throw new OauthError("more clients than are remembered", { provider: providerName, code: "busy" });
      const { id, secret, tokenUrl } = owner;
      const server = createAuthorizationServer({
        facts: factsAt(tokenUrl),
        client: { id, secret },
        send,
        clock,
      });
      return (await server.request(grantType, { ...parameters, ...owner.parameters })).tokens;
    },
    options,
  );
  return {
    clientOf(credential) {
      const texts = read(credential);
      const [id = "", secret = "", ...others] = texts;
      const sent = fields.flatMap(({ as, default: usual }, index) => {
        const value = others[index] || usual;
        return value ? [[as, value] as const] : [];
      });
      const named = [scheme.clientId, scheme.clientSecret, ...fields].map(({ name }, index) => [name, texts[index]]);
      return clients.get(texts.join("\n"), {
        values: Object.fromEntries(named),
        id,
        secret,
        parameters: Object.fromEntries(sent),
      });
    },
    async token(client, { tokenUrl, signal, refused }) {
      const owner = { ...client, tokenUrl };
      const { id, secret, parameters: sent } = client;
      const about = [providerId, tokenUrl, id, ...Object.entries(sent).flat()].join("\n");
      const { name } = names.get(`${about}\n${secret}`, { id, secret, about });
      const account = await name;
      owners.get(account, owner);
      const accessToken = await keeper.get({ account, signal, refused });
      return { accessToken, clientSecret: secret, owner: account };
    },
  };
}
