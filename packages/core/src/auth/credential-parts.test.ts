import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { type StubbedRequest, stubFetch } from "../../test/stub-fetch.js";
import { toFetch } from "../client/fetch/to-fetch.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { consoleLog } from "../observe/index.js";
import type { Policy } from "../pipeline/policy.js";
import type { AuthScheme, ProviderProfile } from "../provider/profile.js";
import type { Auth } from "./credential-source.js";

/** "These may be sent either in the request body or in the headers": https://plaid.com/docs/api/ */
const plaid = {
  kind: "parts",
  parts: [
    { name: "clientId", env: "PLAID_CLIENT_ID", in: "header", as: "plaid-client-id" },
    { name: "secret", env: "PLAID_SECRET", in: "header", as: "plaid-secret" },
  ],
} as const satisfies AuthScheme;
const plaidAuth = { clientId: "5f1b2c3d4e5f6a7b8c9d0e1f", secret: "plaid1secret2of3the4client5" };

/** `?key={yourAPIKey}&token={yourAPIToken}`: https://developer.atlassian.com/cloud/trello/guides/rest-api/api-introduction/ */
const trello = {
  kind: "parts",
  parts: [
    { name: "key", env: "TRELLO_KEY", in: "query", as: "key" },
    { name: "token", env: "TRELLO_TOKEN", in: "query", as: "token" },
  ],
} as const satisfies AuthScheme;
const trelloAuth = { key: "0123456789abcdef0123456789abcdef", token: "ATTA-trello-token-0123456789" };

/** The field `key` of every body: https://mailchimp.com/developer/transactional/docs/fundamentals/ */
const transactional = {
  kind: "parts",
  parts: [{ name: "key", env: "MAILCHIMP_TRANSACTIONAL_KEY", in: "body", as: "key" }],
} as const satisfies AuthScheme;
const transactionalAuth = "md-transactional-key-01";

/** Both are fields of a form: https://pushover.net/api */
const pushover = {
  kind: "parts",
  parts: [
    { name: "token", env: "PUSHOVER_TOKEN", in: "body", as: "token" },
    { name: "user", env: "PUSHOVER_USER", in: "body", as: "user" },
  ],
} as const satisfies AuthScheme;
const pushoverAuth = { token: "azGDORePK8gMaC0QOYAMyEEuzJnyUi", user: "uQiRzpo4DXghDmr9QzzfQu27cmVRsG" };

/** "DD-APPLICATION-KEY" is only needed to read: https://docs.datadoghq.com/api/latest/authentication/ */
const datadog = {
  kind: "parts",
  parts: [
    { name: "apiKey", env: "DD_API_KEY", in: "header", as: "dd-api-key" },
    { name: "appKey", env: "DD_APP_KEY", in: "header", as: "dd-application-key", optional: true },
  ],
} as const satisfies AuthScheme;

function clientOf(auth: AuthScheme, credential: Auth | undefined, profile: Partial<ProviderProfile> = {}) {
  const stub = stubFetch(() => Response.json({ ok: true }));
  return { client: createAcme({ fetch: stub.fetch, auth: credential }, { auth, ...profile }), ...stub };
}
const only = (requests: readonly StubbedRequest[]) => {
  expect(requests).toHaveLength(1);
  return requests[0] as StubbedRequest;
};

describe("a credential of several parts", () => {
  test("is sent in the headers that Plaid has for each", async () => {
    const { client, requests } = clientOf(plaid, plaidAuth);
    await client.POST("/accounts/get", { body: { access_token: "access-sandbox-1" } });
    const { headers, body } = only(requests);
    expect([headers.get("plaid-client-id"), headers.get("plaid-secret"), headers.get("authorization")]).toEqual([
      plaidAuth.clientId,
      plaidAuth.secret,
      null,
    ]);
    expect(body).toBe('{"access_token":"access-sandbox-1"}');
  });

  test("is sent in the query, as Trello reads it, which no reply shows", async () => {
    const { client, requests } = clientOf(trello, trelloAuth);
    const { response } = await client.GET("/1/members/me", { params: { query: { fields: "id" } } });
    expect(only(requests).url).toBe(
      `https://api.acme.test/1/members/me?fields=id&key=${trelloAuth.key}&token=${trelloAuth.token}`,
    );
    expect(response.url).toBe("https://api.acme.test/1/members/me?fields=id&key=***&token=***");
  });

  test("is read from the environment, each part from its variable, and named where one is missing", async () => {
    vi.stubEnv("PLAID_CLIENT_ID", plaidAuth.clientId);
    vi.stubEnv("PLAID_SECRET", undefined);
    expect(() => clientOf(plaid, undefined)).toThrow(
      "Missing API key: pass `auth` with clientId and secret or set PLAID_CLIENT_ID and PLAID_SECRET.",
    );
    vi.stubEnv("PLAID_SECRET", plaidAuth.secret);
    const { client, requests } = clientOf(plaid, undefined);
    await client.POST("/accounts/get");
    expect(only(requests).headers.get("plaid-secret")).toBe(plaidAuth.secret);
    vi.unstubAllEnvs();
  });

  test("can lack a part that the provider does not always need", async () => {
    const without = clientOf(datadog, { apiKey: "dd-api-key-1" });
    await without.client.POST("/api/v2/series");
    expect(only(without.requests).headers.has("dd-application-key")).toBe(false);
    const whole = clientOf(datadog, { apiKey: "dd-api-key-1", appKey: "dd-app-key-1" });
    await whole.client.GET("/api/v1/monitor");
    expect(only(whole.requests).headers.get("dd-application-key")).toBe("dd-app-key-1");
  });

  test("is replaced as a whole, after a 401, by that of its function", async () => {
    const stub = stubFetch((_, count) => Response.json({}, { status: count === 1 ? 401 : 200 }));
    const auth = ({ refresh }: { refresh: boolean }) =>
      refresh ? { clientId: "new-client-id", secret: "new-secret" } : plaidAuth;
    await createAcme({ fetch: stub.fetch, auth }, { auth: plaid }).POST("/accounts/get");
    const sent = stub.requests.map(({ headers }) => [headers.get("plaid-client-id"), headers.get("plaid-secret")]);
    expect(sent).toEqual([
      [plaidAuth.clientId, plaidAuth.secret],
      ["new-client-id", "new-secret"],
    ]);
  });
});

describe("a part that is a field of bodies", () => {
  test("is added to a JSON object, whose own text stays as it is", async () => {
    const { client, requests } = clientOf(transactional, transactionalAuth);
    await client.POST("/messages/send", { body: { message: { subject: "Hi" }, async: true } });
    expect(only(requests).body).toBe(`{"key":"${transactionalAuth}","message":{"subject":"Hi"},"async":true}`);
  });

  test("is the body of a call without one, such as Mailchimp's ping", async () => {
    const { client, requests } = clientOf(transactional, transactionalAuth);
    await client.POST("/users/ping2");
    const { body, headers } = only(requests);
    expect([body, headers.get("content-type")]).toEqual([`{"key":"${transactionalAuth}"}`, "application/json"]);
  });

  test("is a field of a form where the provider reads forms, as Pushover does", async () => {
    const { client, requests } = clientOf(pushover, pushoverAuth, { body: "form-brackets" });
    await client.POST("/1/messages.json", { body: { message: "a b&c" } });
    const { body, headers } = only(requests);
    expect(headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual({ ...pushoverAuth, message: "a b&c" });
  });

  test("is in the body of every attempt, beside the idempotency key of the call", async () => {
    const stub = stubFetch((_, count) => Response.json({}, { status: count === 1 ? 503 : 200 }));
    const client = createAcme(
      { fetch: stub.fetch, auth: transactionalAuth, random: () => 0 },
      { auth: transactional, idempotency: { field: "idempotency_key", methods: ["POST"] } },
    );
    await client.POST("/messages/send", { body: { a: 1 }, idempotencyKey: "one" });
    const expected = { key: transactionalAuth, idempotency_key: "one", a: 1 };
    expect(stub.requests.map(({ body }) => JSON.parse(String(body)))).toEqual([expected, expected]);
  });

  test.each<[string, unknown]>([
    ["has another credential", { key: "md-of-somebody-else" }],
    ["is a list", [1]],
    ["is bytes", new Blob(["text"], { type: "text/plain" })],
  ])("is refused with a clear message where the body %s", async (_, body) => {
    const { client, requests } = clientOf(transactional, transactionalAuth);
    const error = await rejection(client.POST("/messages/send", { body }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).not.toMatch(/md-/);
    expect(requests).toEqual([]);
  });

  test("is accepted from a caller that sends the client's own, as an official SDK over `toFetch` does", async () => {
    const { client, requests } = clientOf(transactional, transactionalAuth);
    const body = JSON.stringify({ key: transactionalAuth, a: 1 });
    const headers = { "content-type": "application/json" };
    await toFetch(client)("/messages/send", { method: "POST", body, headers });
    expect(String(only(requests).body)).toBe(body);
  });
});

describe("R44: every part is redacted", () => {
  test.each([
    ["Plaid", plaid, plaidAuth],
    ["Trello", trello, trelloAuth],
    ["Pushover", pushover, pushoverAuth],
    ["Mailchimp Transactional", transactional, transactionalAuth],
  ] as const)("in errors of %s that repeat what they were sent", async (_, auth, credential) => {
    const parts = Object.values(typeof credential === "string" ? [credential] : credential);
    const stub = stubFetch(({ url, headers, body }) => {
      const echo = JSON.stringify({ url, headers: Object.fromEntries(headers), body: String(body) });
      return Response.json({ error: { message: `Invalid: ${echo}`, code: parts[0] } }, { status: 400 });
    });
    const client = createAcme({ fetch: stub.fetch, auth: credential }, { auth });
    const error = await rejection(client.POST("/things", { body: { a: 1 } }));
    const shown = `${error} ${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)}`;
    expect(stub.requests.map(({ url, headers, body }) => `${url} ${[...headers]} ${body}`).join()).toContain(parts[0]);
    expect(parts.filter((part) => shown.includes(part))).toEqual([]);
  });

  test("in logs, and in what a policy of the user's sees before the credential is put on the call", async () => {
    const lines: string[] = [];
    const seen: unknown[] = [];
    const stub = stubFetch(() => Response.json({ error: { message: trelloAuth.token } }, { status: 401 }));
    const print = (...line: unknown[]) => lines.push(inspect(line, { depth: 9 }));
    const observe = consoleLog({
      minLevel: "debug",
      console: { debug: print, info: print, warn: print, error: print },
    });
    const spy: Policy = {
      name: "spy",
      send(call, next) {
        seen.push(call);
        return next(call);
      },
    };
    const client = createAcme(
      {
        fetch: stub.fetch,
        auth: trelloAuth,
        observe,
        policies: { perCall: [spy] },
      },
      { auth: trello },
    );
    await rejection(client.GET("/1/members/me"));
    const shown = `${lines.join("\n")} ${inspect(seen, { depth: 20, showHidden: true })}`;
    expect(lines.length).toBeGreaterThan(0);
    expect([trelloAuth.key, trelloAuth.token].filter((part) => shown.includes(part))).toEqual([]);
  });
});
