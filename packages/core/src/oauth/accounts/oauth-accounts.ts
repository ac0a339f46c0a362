import type { AccountSource } from "../../auth/credential-source.js";
import { checkVariables } from "../../client/account-address.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import { OauthError } from "../../errors/oauth-errors.js";
import { systemClock } from "../../platform/clock.js";
import { readPath } from "../../platform/json-path.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { accessToken } from "../keeper/access-token.js";
import { accountRecords } from "../keeper/account-records.js";
import { createTokenKeeper } from "../keeper/token-keeper.js";
import { createAuthorizationServer, type IssuedTokens } from "../server/authorization-server.js";
import { checkAddresses } from "../server/facts-address.js";
import { checkPlatform, loadOauth4webapi } from "../server/load-oauth4webapi.js";
import { selectOauthEnvironment } from "../server/oauth-environment.js";
import { createSendRequest } from "../server/send-request.js";
import { type PendingAuthorization, stateCodec } from "./authorization-state.js";
import { authorizeUrl, joinScopes } from "./authorize-url.js";
import type {
  Authorized,
  BeginDeviceOptions,
  BeginOptions,
  Begun,
  BegunDevice,
  OauthAccountsOptions,
} from "./oauth-options.js";
import { pollDevice } from "./poll-device.js";
import { publicFields } from "./public-fields.js";
import { refreshTokens } from "./refresh-tokens.js";
import { validateCallback } from "./validate-callback.js";

/** The accounts of an OAuth app: the option `auth` of one client for all of them. */
export interface OauthAccounts extends AccountSource<string> {
  /** Begins a consent. Rejects with ConfigurationError for a variable or a parameter that is not valid. */
  begin(options: BeginOptions): Promise<Begun>;
  /**
   * Ends a consent: checks `state` and `iss` of the callback, exchanges the code, and stores the tokens. `state` is what `begin`
   * returned for this browser. Rejects with OauthError where the owner has not consented, or the callback is not theirs.
   */
  complete(callbackUrl: string | URL, state: string): Promise<Authorized>;
  /** Begins the device flow, for command lines. */
  beginDevice(options?: BeginDeviceOptions): Promise<BegunDevice>;
  /**
   * Has the provider revoke the tokens of an account, where it can, and removes them. Where the provider cannot be reached, it
   * rejects with OauthError and they are kept. Resolves for an account without tokens.
   */
  revoke(account: string): Promise<void>;
}

const storeAttempts = 5;

/** The name of an account: the caller's, else the provider's. */
function accountOf({ name, response }: OauthFacts, given: string | undefined, { fields }: IssuedTokens): string {
  const found = [given, ...(response?.account ?? []).map((path) => readPath(fields, path))];
  const names = found.filter((one) => (typeof one === "string" && one.trim()) || typeof one === "number");
  if (names.length > 0) return String(names[0]);
  throw new ConfigurationError(`${name}: its response does not name the account: pass \`account\` to begin().`);
}

/** Creates the accounts of an OAuth app. Throws ConfigurationError for an address that is not https, for an environment that the facts do not have, and without Web Crypto. */
export function oauthAccounts(options: OauthAccountsOptions): OauthAccounts {
  const { client, store, seal, clock = systemClock, random = Math.random } = options;
  const facts = selectOauthEnvironment(options.provider, options.environment);
  const { requestTimeoutMs = 30_000, cooldownMs = 30_000, onReauthorizationRequired } = options;
  checkPlatform();
  checkAddresses(facts);
  const send = createSendRequest({ ...options, clock, timeoutMs: requestTimeoutMs });
  const server = createAuthorizationServer({ facts, client, send, clock });
  const states = client.secret ? stateCodec(facts, client.secret, clock) : undefined;
  const records = accountRecords(facts.id, store, seal);
  const keeper = createTokenKeeper({
    provider: facts,
    store,
    seal,
    renew: (account, record) => refreshTokens(account, record, { facts, server, clock }),
    discard: (tokens) => server.revoke(tokens).catch(() => {}),
    onReauthorizationRequired,
    requestTimeoutMs,
    cooldownMs,
    clock,
    random,
  });

  /** Stores the tokens of a new consent: it takes precedence over whatever is stored, a refresh under way included. */
  const save = async (given: string | undefined, issued: IssuedTokens): Promise<Authorized> => {
    const account = accountOf(facts, given, issued);
    const next = await records.write(account, { tokens: issued.tokens });
    for (let attempt = 1; ; attempt += 1) {
      const stored = await store.get(records.keyOf(account));
      if (await store.put(records.keyOf(account), next, stored?.version)) break;
      if (attempt === storeAttempts) {
        throw new OauthError("the account keeps changing in the store", { provider: facts.name, code: "busy" });
      }
    }
    keeper.forget(account);
    return { account, scopes: issued.tokens.scopes, response: publicFields(issued.fields) };
  };

  return {
    getAccount: (request) => accessToken(keeper, request.account, request),
    getVariables: ({ account }) => keeper.variables(account),
    async begin({ redirectUri, scopes = [], account, variables, parameters = {} }) {
      if (!states)
        throw new ConfigurationError(`${facts.name}: begin() needs client.secret; a public client has beginDevice().`);
      if (account === undefined && !facts.response?.account) {
        throw new ConfigurationError(`${facts.name}: pass \`account\` to begin(), because no response names it.`);
      }
      const { generateRandomCodeVerifier, generateRandomState } = await loadOauth4webapi();
      const pending: PendingAuthorization = {
        nonce: generateRandomState(),
        codeVerifier: facts.pkce ? generateRandomCodeVerifier() : undefined,
        redirectUri,
        account,
        variables: checkVariables(facts, variables),
        beganAtMs: clock.now(),
      };
      const url = await authorizeUrl(facts, { clientId: client.id, scopes, parameters }, pending);
      return { url, state: await states.write(pending) };
    },
    async complete(callbackUrl, state) {
      if (!states) throw new ConfigurationError(`${facts.name}: complete() needs client.secret.`);
      const pending = await states.read(state);
      const parameters = await validateCallback(facts, client.id, { callbackUrl, pending });
      return save(pending.account, await server.exchangeCode({ ...pending, parameters }));
    },
    async beginDevice({ scopes, account } = {}) {
      if (!facts.deviceUrl) throw new ConfigurationError(`${facts.name} has no device flow.`);
      const device = await server.beginDevice(joinScopes(facts, scopes));
      const { userCode, verificationUri, verificationUriComplete, expiresInMs } = device;
      const complete: BegunDevice["complete"] = async ({ signal } = {}) =>
        save(account, await pollDevice(server, device, { clock, signal }));
      return { userCode, verificationUri, verificationUriComplete, expiresInMs, complete };
    },
    async revoke(account) {
      for (let attempt = 1; attempt <= storeAttempts; attempt += 1) {
        const record = await records.load(account);
        // Tokens that the provider does not accept any more need no revocation.
        if (record && record.failure === undefined) await revokeTokens(record.tokens);
        keeper.forget(account);
        if (!record || (await store.remove(records.keyOf(account), record.version))) return;
      }
      throw new OauthError("the account keeps changing in the store", { provider: facts.name, code: "busy" });
    },
  };

  async function revokeTokens(tokens: IssuedTokens["tokens"]): Promise<void> {
    try {
      await server.revoke(tokens);
    } catch (error) {
      if (!OauthError.isInstance(error) || error.code !== "invalid_grant") throw error;
    }
  }
}
