import {
  allStrategies,
  type ConnectorOptions,
  type Credential,
  createConnector,
  type ProviderProfile,
} from "../src/index.js";
import { type TokenExchangeOptions, tokenExchange } from "../src/oauth/index.js";
import { type AcmePaths, noFacts } from "./acme.js";
import { type StubbedRequest, stubFetch } from "./stub-fetch.js";

const base = { body: "json", errors: { message: ["message"] } } as const;

/** https://developer.paypal.com/api/rest/authentication/ */
export const paypal = {
  ...base,
  id: "paypal",
  name: "PayPal",
  baseUrl: "https://api-m.paypal.com",
  auth: {
    kind: "client-credentials",
    tokenUrl: "/v1/oauth2/token",
    clientAuthentication: "basic",
    clientId: { name: "clientId", env: "PAYPAL_CLIENT_ID" },
    clientSecret: { name: "clientSecret", env: "PAYPAL_CLIENT_SECRET" },
  },
} as const satisfies ProviderProfile;

/** https://developer.box.com/guides/authentication/client-credentials */
export const box = {
  ...base,
  id: "box",
  name: "Box",
  baseUrl: "https://api.box.com/2.0",
  auth: {
    kind: "client-credentials",
    tokenUrl: "https://api.box.com/oauth2/token",
    clientAuthentication: "body",
    clientId: { name: "clientId", env: "BOX_CLIENT_ID" },
    clientSecret: { name: "clientSecret", env: "BOX_CLIENT_SECRET" },
    fields: [
      { name: "subjectType", env: "BOX_SUBJECT_TYPE", as: "box_subject_type", default: "enterprise" },
      { name: "subjectId", env: "BOX_SUBJECT_ID", as: "box_subject_id" },
    ],
  },
} as const satisfies ProviderProfile;

/** https://developers.zoom.us/docs/internal-apps/s2s-oauth/ */
export const zoom = {
  ...base,
  id: "zoom",
  name: "Zoom",
  baseUrl: "https://api.zoom.us/v2",
  auth: {
    kind: "client-credentials",
    tokenUrl: "https://zoom.us/oauth/token",
    clientAuthentication: "basic",
    grantType: "account_credentials",
    clientId: { name: "clientId", env: "ZOOM_CLIENT_ID" },
    clientSecret: { name: "clientSecret", env: "ZOOM_CLIENT_SECRET" },
    fields: [{ name: "accountId", env: "ZOOM_ACCOUNT_ID", as: "account_id" }],
    response: { error: { code: ["error"], message: ["reason"] } },
  },
} as const satisfies ProviderProfile;

/** A client of a provider whose credential is exchanged for tokens. */
export function createExchanging(
  profile: ProviderProfile,
  options: ConnectorOptions<Credential> & TokenExchangeOptions & Readonly<Record<string, unknown>> = {},
) {
  const strategies = { ...allStrategies(profile), tokenExchange };
  return createConnector<AcmePaths>({ profile, facts: noFacts, strategies }, options);
}

/** The token of a request. */
export const bearerOf = ({ headers }: StubbedRequest) => (headers.get("authorization") ?? "").replace("Bearer ", "");

/** The fields of a token request. */
export const formOf = ({ body }: StubbedRequest) => Object.fromEntries(new URLSearchParams(String(body)));

/** A `fetch` that issues `token-1`, `token-2` ... for nine hours each, as PayPal does, and whose API accepts those that are not revoked. */
export function tokenServer(
  respond?: (request: StubbedRequest, count: number) => Response | Promise<Response> | undefined,
) {
  const revoked = new Set<string>();
  let count = 0;
  const { fetch, requests } = stubFetch(async (request) => {
    if (!/\/token$/.test(new URL(request.url).pathname)) {
      const token = bearerOf(request);
      return Response.json({ message: token }, { status: revoked.has(token) ? 401 : 200 });
    }
    count += 1;
    const token = `token-${count}-A21AAFEpH4PsADK7qSS7pSRsgz`;
    return (
      (await respond?.(request, count)) ??
      Response.json({ access_token: token, token_type: "Bearer", app_id: "APP-80W284485P519543T", expires_in: 32_400 })
    );
  });
  const isToken = ({ url }: StubbedRequest) => url.endsWith("/token");
  return {
    fetch,
    revoke: (token: string) => revoked.add(token),
    tokenRequests: () => requests.filter(isToken),
    calls: () => requests.filter((request) => !isToken(request)),
  };
}
