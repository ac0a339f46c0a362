import type { Client, ClientAuth, AuthorizationServer as ServerMetadata, TokenEndpointResponse } from "oauth4webapi";
import { createRedactor } from "../../auth/redact.js";
import { CallError } from "../../errors/call-errors.js";
import { ConnectryError } from "../../errors/connectry-error.js";
import { OauthError } from "../../errors/oauth-errors.js";
import type { AddressVariables } from "../../pipeline/strategies.js";
import type { Clock } from "../../platform/clock.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import type { AccountTokens } from "./account-tokens.js";
import { clientAuth, type OauthClient } from "./client-authentication.js";
import { type AddressedFacts, expandAddress } from "./facts-address.js";
import { loadOauth4webapi, type Oauth4webapi } from "./load-oauth4webapi.js";
import { normalizeTokenFields, type ResponseFields, readResponse } from "./read-response.js";
import type { SendRequest } from "./send-request.js";

/** What a token request depends on. */
export interface AuthorizationServerOptions {
  readonly facts: AddressedFacts;
  readonly client: OauthClient;
  readonly send: SendRequest;
  readonly clock: Clock;
}

/** Tokens, and the response that they came with. */
export interface IssuedTokens {
  readonly tokens: AccountTokens;
  readonly fields: ResponseFields;
}

/** What the owner of an account is shown in the device flow (RFC 8628, section 3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | undefined;
  readonly expiresInMs: number;
  readonly intervalMs: number;
}

/** A code that was checked, and what belongs to it. */
export interface CodeExchange {
  /** The parameters of the callback, validated by `validateAuthResponse`. */
  readonly parameters: URLSearchParams;
  readonly redirectUri: string;
  readonly codeVerifier: string | undefined;
  readonly variables: AddressVariables;
}

/** An authorization server: each request is one POST, and its response is read as the facts say. Rejects with OauthError. */
export interface AuthorizationServer {
  exchangeCode(exchange: CodeExchange): Promise<IssuedTokens>;
  refresh(tokens: AccountTokens & { readonly refreshToken: string }): Promise<IssuedTokens>;
  /** Any other grant type: client credentials, an assertion. */
  request(grantType: string, parameters: Readonly<Record<string, string>>): Promise<IssuedTokens>;
  beginDevice(scope: string | undefined): Promise<DeviceAuthorization>;
  pollDevice(deviceCode: string): Promise<IssuedTokens>;
  revoke(tokens: AccountTokens): Promise<void>;
}

/** The metadata that oauth4webapi takes; the addresses are those of one account. */
export function serverMetadata(
  facts: AddressedFacts,
  variables: AddressVariables,
  tokenUrl = facts.tokenUrl,
): ServerMetadata {
  const authorizeUrl = expandAddress(facts, facts.authorizeUrl, variables);
  return {
    issuer: facts.issuer ?? new URL(authorizeUrl).origin,
    authorization_endpoint: authorizeUrl,
    token_endpoint: expandAddress(facts, tokenUrl, variables),
    ...(facts.deviceUrl && { device_authorization_endpoint: expandAddress(facts, facts.deviceUrl, variables) }),
  };
}

/** Any failure as an OauthError. What oauth4webapi throws contains what it read, so that it is not the cause. */
export function toOauthError({ name: provider }: Pick<OauthFacts, "name">, error: unknown): unknown {
  if (CallError.isInstance(error)) {
    const isSent = error.maybeSent !== false;
    const message = isSent
      ? "the response of the authorization server was lost"
      : "the authorization server cannot be reached";
    return new OauthError(message, { provider, code: isSent ? "response-lost" : "not-sent", cause: error });
  }
  if (ConnectryError.isInstance(error)) return error;
  const code = "malformed-response";
  return new OauthError("the authorization server responded with something that is not a token", { provider, code });
}

const splitScopes = (scope: unknown) => (typeof scope === "string" ? scope.split(/[\s,]+/).filter(Boolean) : undefined);

const toJson = (body: URLSearchParams | string) => JSON.stringify(Object.fromEntries(new URLSearchParams(body)));

/** Creates the requests of one client to one provider. */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const { facts, client: own, send, clock } = options;
  const client: Client = { client_id: own.id };
  const authenticate = () => clientAuth(own, facts.clientAuthentication);

  /** Sends for oauth4webapi, which then reads the normalized response; `secrets` are those of the request. */
  const request = (
    { allowInsecureRequests, customFetch }: Oauth4webapi,
    secrets: readonly (string | undefined)[],
    isToken = true,
  ) => ({
    [allowInsecureRequests]: true,
    [customFetch]: async (
      url: string,
      { method, headers, body }: { method: string; headers: Record<string, string>; body: URLSearchParams },
    ) => {
      const isJson = facts.body === "json";
      const redact = createRedactor([own.secret, ...secrets].filter((secret) => secret !== undefined));
      const request = {
        url,
        method,
        headers: { ...headers, ...(isJson && { "content-type": "application/json" }) },
        body: isJson ? toJson(body) : String(body),
      };
      const reply = await send(request, redact);
      const fields = readResponse(reply, { facts, redact, nowMs: clock.now() });
      return Response.json(isToken ? normalizeTokenFields(fields, facts) : fields);
    },
  });
  const token = (oauth: Oauth4webapi, secrets: readonly (string | undefined)[]) => ({
    ...request(oauth, secrets),
    additionalParameters: { ...facts.parameters?.token },
  });

  const toIssued = (fields: TokenEndpointResponse, before: Partial<AccountTokens>, elapsedMs: number): IssuedTokens => {
    const lifetimeS = fields.expires_in ?? facts.lifetimeS;
    return {
      tokens: {
        accessToken: fields.access_token,
        // A provider that does not rotate need not repeat it (RFC 6749, section 6).
        refreshToken: fields.refresh_token ?? before.refreshToken,
        lifetimeMs: lifetimeS === undefined ? undefined : Math.max(0, lifetimeS * 1_000 - elapsedMs),
        scopes: splitScopes(fields.scope) ?? before.scopes,
        variables: before.variables,
      },
      fields,
    };
  };

  /** Runs a token request, and counts the lifetime of the token from its beginning. */
  const issue = async (
    before: Partial<AccountTokens> & { readonly tokenUrl?: string | undefined },
    run: (oauth: Oauth4webapi, server: ServerMetadata, auth: ClientAuth) => Promise<Response>,
  ): Promise<IssuedTokens> => {
    const [oauth, auth] = await Promise.all([loadOauth4webapi(), authenticate()]);
    const startedAtMs = clock.monotonic();
    try {
      const server = serverMetadata(facts, before.variables ?? {}, before.tokenUrl);
      const response = await run(oauth, server, auth);
      const fields = await oauth.processGenericTokenEndpointResponse(server, client, response);
      return toIssued(fields, before, clock.monotonic() - startedAtMs);
    } catch (error) {
      throw toOauthError(facts, error);
    }
  };

  return {
    exchangeCode: ({ parameters, redirectUri, codeVerifier, variables }) =>
      issue({ variables }, (oauth, server, auth) =>
        oauth.authorizationCodeGrantRequest(
          server,
          client,
          auth,
          parameters,
          redirectUri,
          codeVerifier ?? oauth.nopkce,
          token(oauth, [parameters.get("code") ?? undefined, codeVerifier]),
        ),
      ),
    refresh: (tokens) =>
      issue({ ...tokens, tokenUrl: facts.refreshUrl }, (oauth, server, auth) =>
        oauth.refreshTokenGrantRequest(server, client, auth, tokens.refreshToken, token(oauth, [tokens.refreshToken])),
      ),
    request: (grantType, parameters) =>
      issue({}, (oauth, server, auth) =>
        oauth.genericTokenEndpointRequest(
          server,
          client,
          auth,
          grantType,
          { ...facts.parameters?.token, ...parameters },
          request(oauth, [parameters.assertion]),
        ),
      ),
    async beginDevice(scope) {
      const oauth = await loadOauth4webapi();
      try {
        const server = serverMetadata(facts, {});
        const parameters: Record<string, string> = scope === undefined ? {} : { scope };
        // Only the id of the client is sent: RFC 8628, section 3.1.
        const auth = await clientAuth({ id: own.id }, facts.clientAuthentication);
        const response = await oauth.deviceAuthorizationRequest(
          server,
          client,
          auth,
          parameters,
          request(oauth, [], false),
        );
        const device = await oauth.processDeviceAuthorizationResponse(server, client, response);
        return {
          deviceCode: device.device_code,
          userCode: device.user_code,
          verificationUri: device.verification_uri,
          verificationUriComplete: device.verification_uri_complete,
          expiresInMs: device.expires_in * 1_000,
          intervalMs: (device.interval ?? 5) * 1_000,
        };
      } catch (error) {
        throw toOauthError(facts, error);
      }
    },
    pollDevice: (deviceCode) =>
      issue({}, (oauth, server, auth) =>
        oauth.deviceCodeGrantRequest(server, client, auth, deviceCode, token(oauth, [deviceCode])),
      ),
    async revoke({ accessToken, refreshToken, variables }) {
      const { revocation } = facts;
      if (!revocation) return;
      const { method = "POST", by, send: sent, body: form = facts.body ?? "form" } = revocation;
      const value = sent && (sent.token === "refresh" ? refreshToken : accessToken);
      const parameters = new URLSearchParams(sent && value !== undefined ? { [sent.field]: value } : {});
      const headers = new Headers({ accept: "application/json" });
      const url = expandAddress(facts, revocation.url.replace("{client_id}", encodeURIComponent(own.id)), variables);
      try {
        if (by === "token") headers.set("authorization", `Bearer ${accessToken}`);
        else {
          const auth = await clientAuth(own, revocation.clientAuthentication ?? facts.clientAuthentication);
          await auth(serverMetadata(facts, variables ?? {}), client, parameters, headers);
        }
        headers.set("content-type", form === "json" ? "application/json" : "application/x-www-form-urlencoded");
        const text = form === "json" ? toJson(parameters) : String(parameters);
        const redact = createRedactor([own.secret, accessToken, refreshToken].filter((secret) => secret !== undefined));
        const reply = await send({ url, method, headers: Object.fromEntries(headers), body: text }, redact);
        readResponse(reply, { facts, redact, nowMs: clock.now() });
      } catch (error) {
        throw toOauthError(facts, error);
      }
    },
  };
}
