import type {
  AccountRequest,
  AccountSource,
  CredentialRequest,
  CredentialSource,
} from "../../auth/credential-source.js";
import { readSecrets, type SecretField } from "../../auth/read-secrets.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import { OauthError } from "../../errors/oauth-errors.js";
import type { Reply } from "../../pipeline/reply.js";
import type { AddressVariables, CreateTokenExchange } from "../../pipeline/strategies.js";
import type { Clock } from "../../platform/clock.js";
import type { Random } from "../../platform/random.js";
import type { AuthScheme } from "../../provider/profile.js";
import type { Transport } from "../../transport/transport.js";
import type { TokenSeal } from "../store/token-seal.js";
import type { TokenStore } from "../store/token-store.js";
import { type ClientTokens, createClientTokens, type ExchangedToken } from "./client-tokens.js";
import { createTokenAddress } from "./token-address.js";
import { isClientRejected, tokenFailures } from "./token-failures.js";

/** How the tokens of a client are requested, and where they are kept. */
export interface TokensOptions {
  /** Where they are requested. @default the provider's address; with `baseUrl`, its path there */
  readonly url?: string | undefined;
  /** Where they are kept; with that of all processes, they use the same. @default in this process */
  readonly store?: TokenStore | undefined;
  /** Encrypts tokens before they are stored. @default stored as they are */
  readonly seal?: TokenSeal | undefined;
  /** Time for one token request, in milliseconds. No caller's signal ends it. @default 30_000 */
  readonly requestTimeoutMs?: number | undefined;
}

/** The option of connectors whose credential is exchanged for a token before the first call. */
export interface TokenExchangeOptions {
  readonly tokens?: TokensOptions | undefined;
}

/** The options of a client that are read here. */
interface ClientOptions extends TokenExchangeOptions, Readonly<Record<string, unknown>> {
  readonly auth?: unknown;
  readonly baseUrl?: string | undefined;
  readonly allowHttp?: boolean | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly transport?: Transport | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
}

/** Asks for a credential: the values of a client, or a token. */
type Ask = (request: CredentialRequest) => unknown;

/** The values of the option `auth` that are functions, or have some. */
type Source = Partial<CredentialSource & AccountSource>;

/** Of two credentials the one that was not refused, from then on. */
function askOneOf(credentials: readonly unknown[]): Ask {
  let index = 0;
  return ({ refused }) => {
    const refusedAt = credentials.indexOf(refused);
    if (refusedAt >= 0) index = (refusedAt + 1) % credentials.length;
    return credentials[index];
  };
}

/**
 * The token of what is asked for. After a 401 the same client gets another token; where the provider rejects the client itself, another
 * credential is asked for, once. A token that was given as it is, is the token.
 */
async function askForToken(
  ask: Ask,
  { signal, refused }: Pick<CredentialRequest, "signal" | "refused">,
  { clientOf, tokenOf }: { readonly clientOf: ClientTokens["clientOf"]; readonly tokenOf: TokenOf },
): Promise<ExchangedToken> {
  const last = refused as ExchangedToken | undefined;
  const isGiven = last !== undefined && last.owner === undefined;
  const given = await ask({ signal, refresh: isGiven, refused: isGiven ? last.accessToken : undefined });
  if (typeof given === "string") return { accessToken: given };
  const client = clientOf(given ?? null);
  const request = { signal, refused: last?.accessToken };
  try {
    return await tokenOf(client, request);
  } catch (error) {
    if (!OauthError.isInstance(error) || !isClientRejected(error)) throw error;
    const other = await ask({ signal, refresh: true, refused: given as CredentialRequest["refused"] });
    if (typeof other === "string") return { accessToken: other };
    const another = clientOf(other ?? null);
    if (another === client) throw error;
    return tokenOf(another, request);
  }
}

type TokenOf = (
  client: ReturnType<ClientTokens["clientOf"]>,
  request: { readonly signal: AbortSignal; readonly refused: string | undefined },
) => Promise<ExchangedToken>;

/**
 * The strategy of profiles that say `client-credentials`: exchanges id and secret of a client for the token that calls are sent with, once
 * for all of them until shortly before it expires, and once more after a 401. Each account of a source has a token of its own.
 */
export const tokenExchange: CreateTokenExchange = (profile, given) => {
  const options: ClientOptions = given;
  const scheme = profile.auth as Extract<AuthScheme, { readonly kind: "client-credentials" }>;
  if (scheme.kind !== "client-credentials") {
    throw new ConfigurationError(`${profile.name}: the profile does not say \`client-credentials\`.`);
  }
  const { auth, tokens = {} } = options;
  const fields: readonly SecretField[] = [
    scheme.clientId,
    scheme.clientSecret,
    ...(scheme.fields ?? []).map(({ name, env, optional, default: usual }) => ({
      name,
      env,
      optional: optional ?? usual !== undefined,
    })),
  ];
  const failures = new WeakMap<OauthError, string>();
  const addressOf = createTokenAddress(profile, scheme, options);
  const { clock, random, fetch, transport, allowHttp } = options;
  const { clientOf, token } = createClientTokens({
    provider: profile,
    scheme,
    read: (credential) => readSecrets(fields, credential),
    options: { ...tokens, clock, random, fetch, transport, allowHttp },
  });

  /** What to do about a token request that failed. */
  const adviceOf = (error: OauthError, tokenUrl: string) => {
    if (!isClientRejected(error)) return `. The token was asked for at ${tokenUrl}`;
    const required = fields.filter(({ optional }) => !optional);
    const names = required.map(({ name }) => name).join(" and ");
    const variables = required.map(({ env }) => env).join(" and ");
    return `. Check ${names} in \`auth\`, or ${variables}, and that they are for ${new URL(tokenUrl).origin}`;
  };
  const exchange = (ask: Ask, request: CredentialRequest, variables?: AddressVariables) => {
    const tokenUrl = addressOf(variables);
    const tokenOf: TokenOf = (client, what) =>
      token(client, { ...what, tokenUrl }).catch((error: unknown) => {
        if (OauthError.isInstance(error)) failures.set(error, adviceOf(error, tokenUrl));
        throw error;
      });
    return askForToken(ask, request, { clientOf, tokenOf });
  };

  const reviewBy = ({ review }: Source) =>
    review && {
      review: (reply: Reply, { accessToken }: ExchangedToken, account: string) => review(reply, accessToken, account),
    };
  const exchanged = (): unknown => {
    if (typeof auth === "string") return { accessToken: auth };
    if (typeof auth === "function") return (request: CredentialRequest) => exchange(auth as Ask, request);
    if (Array.isArray(auth)) {
      const all = auth.map((one) => (typeof one === "string" ? one : clientOf(one ?? null).values));
      const ask = askOneOf(all);
      return (request: CredentialRequest) => exchange(ask, request);
    }
    const source = (auth ?? {}) as Source;
    const { id, get, getAccount, getVariables } = source;
    if (getAccount) {
      return {
        getVariables,
        ...reviewBy(source),
        getAccount: async ({ account, ...request }: AccountRequest) =>
          exchange(
            (what) => getAccount({ ...what, account }),
            request,
            await getVariables?.({ account, signal: request.signal }),
          ),
      };
    }
    if (get) return { id, ...reviewBy(source), get: (request: CredentialRequest) => exchange(get, request) };
    // Of a missing credential it is better to know now. The environment is read once.
    const values = clientOf(auth).values;
    return (request: CredentialRequest) => exchange(() => values, request);
  };
  return { auth: exchanged(), policy: tokenFailures(failures) };
};
