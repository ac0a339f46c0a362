import type { AuthScheme, ProviderProfile } from "@connectry/core";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import type { RecordedRequest } from "../http/recorded-request.js";
import { isObject } from "../json/json-object.js";
import { setAtPath } from "../json/json-path.js";
import type { AcceptedCredential } from "../request/check-credential.js";

type Scheme = Extract<AuthScheme, { readonly kind: "client-credentials" }>;

/** Where clients exchange their credential for tokens. */
export interface TokenEndpoint {
  /** Whether a request is for it. */
  accepts(request: Pick<RecordedRequest, "method" | "path" | "body">): boolean;
  /** Whether a path is its own. */
  isPath(path: string): boolean;
  respond(request: RecordedRequest): EncodedResponse;
  /** Whether calls with this token are accepted. */
  isAccepted(token: string): boolean;
}

const lifetimeS = 3_600;

/** The path of an address, or of a path on the host of the API. */
function pathOf(address: string): string {
  return address.replace(/^https?:\/\/[^/]+/, "");
}

/** Id and secret as a client sent them. */
function sentClient({ headers, body }: RecordedRequest, { clientAuthentication }: Scheme): readonly unknown[] {
  if (clientAuthentication === "body") return isObject(body) ? [body.client_id, body.client_secret] : [];
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? "")?.[1];
  const [id, ...secret] = Buffer.from(encoded ?? "", "base64")
    .toString()
    .split(":");
  const texts = [id, secret.join(":")];
  if (clientAuthentication === "basic") return texts;
  return texts.map((text = "") => Object.keys(Object.fromEntries(new URLSearchParams(text)))[0]);
}

/**
 * Creates the token endpoint of a profile that says `client-credentials`; undefined for any other. Where the accepted credential is a
 * token, each client gets that one; where it is a client, that one alone gets tokens, and only these are accepted.
 */
export function createTokenEndpoint(
  { auth: scheme, baseUrl }: ProviderProfile,
  accepted: AcceptedCredential | undefined,
): TokenEndpoint | undefined {
  if (scheme.kind !== "client-credentials") return undefined;
  const { fields = [], parameters = {}, grantType = "client_credentials", response } = scheme;
  const tokenPath = pathOf(scheme.tokenUrl);
  const paths = [tokenPath, `${pathOf(baseUrl).replace(/\/+$/, "")}${tokenPath}`];
  const issued = new Set<string>();
  const client = typeof accepted === "object" ? accepted : undefined;

  // https://www.rfc-editor.org/rfc/rfc6749#section-5.2
  const reject = (status: number, error: string, description: string) => {
    const body = { error, error_description: description };
    const { code = ["error"], message = ["error_description"] } = response?.error ?? {};
    return encodeResponse({ status, body: setAtPath(setAtPath(body, code, error), message, description) });
  };
  const respond: TokenEndpoint["respond"] = (request) => {
    const body = isObject(request.body) ? request.body : {};
    if (body.grant_type !== grantType) return reject(400, "unsupported_grant_type", `expected ${grantType}`);
    const [id, secret] = sentClient(request, scheme);
    const isKnown = !client || (id === client[scheme.clientId.name] && secret === client[scheme.clientSecret.name]);
    if (!id || !secret || !isKnown) return reject(401, "invalid_client", "client authentication failed");
    for (const [name, value] of Object.entries(parameters)) {
      if (body[name] !== value) return reject(400, "invalid_request", `expected ${name} to be ${value}`);
    }
    for (const { name, as, optional, default: usual } of fields) {
      const value = body[as];
      if (value === undefined && !optional) return reject(400, "invalid_request", `${as} is missing`);
      if (client && value !== (client[name] ?? usual)) return reject(400, "invalid_grant", `${as} is not accepted`);
    }
    const token = typeof accepted === "string" ? accepted : `fake-access-token-${issued.size + 1}`;
    issued.add(token);
    const tokens = { access_token: token, token_type: "Bearer", expires_in: lifetimeS };
    return encodeResponse({ body: response?.nested ? setAtPath({}, response.nested, tokens) : tokens });
  };
  return {
    isPath: (path) => paths.includes(path),
    // The document may have the same operation, for other grant types.
    accepts: ({ method, path, body }) =>
      method === "POST" && paths.includes(path) && !(isObject(body) && (body.grant_type ?? grantType) !== grantType),
    respond,
    isAccepted: (token) => accepted === undefined || token === accepted || (client !== undefined && issued.has(token)),
  };
}
