import { describe, expect, test } from "vitest";
import { draft, type Json, pets } from "../../test/draft-pets.js";

describe("readAuth", () => {
  const withScheme = (scheme: Json, security: unknown = [{ a: [] }]) =>
    pets({}, { security, components: { securitySchemes: { a: scheme } } });

  test.each<[string, Json, Json]>([
    ["http bearer", { type: "http", scheme: "Bearer" }, { kind: "bearer", env: "ACME_TOKEN" }],
    ["OAuth 2", { type: "oauth2", flows: {} }, { kind: "bearer", env: "ACME_TOKEN" }],
    [
      "http basic",
      { type: "http", scheme: "basic" },
      {
        kind: "basic",
        username: { name: "username", env: "ACME_USERNAME" },
        password: { name: "password", env: "ACME_PASSWORD" },
      },
    ],
    [
      "a header",
      { type: "apiKey", in: "header", name: "X-Acme-Key" },
      { kind: "header", name: "x-acme-key", env: "ACME_API_KEY" },
    ],
    [
      "a query parameter",
      { type: "apiKey", in: "query", name: "apiKey" },
      { kind: "query", name: "apiKey", env: "ACME_API_KEY" },
    ],
    [
      "a bearer token that is declared as an API key",
      { type: "apiKey", in: "header", name: "Authorization", description: "Send `Bearer <token>`." },
      { kind: "bearer", env: "ACME_TOKEN" },
    ],
    [
      "an API key with a prefix of the provider's own",
      { type: "apiKey", in: "header", name: "Authorization", description: 'Send "token {key}".' },
      { kind: "bearer", env: "ACME_API_KEY", prefix: "token" },
    ],
    [
      "a cookie",
      { type: "apiKey", in: "cookie", name: "sid" },
      { kind: "header", name: "cookie", env: "ACME_API_KEY", prefix: "sid=" },
    ],
    [
      "an API key that is a parameter of its header, as PagerDuty's",
      { type: "apiKey", in: "header", name: "Authorization", description: "The format is `Token token=<API_KEY>`" },
      { kind: "header", name: "authorization", env: "ACME_API_KEY", prefix: "Token token=" },
    ],
  ])("reads %s", (_, scheme, auth) => {
    expect(draft(withScheme(scheme))).toMatchObject({ value: { auth }, todos: {} });
    expect(draft(withScheme(scheme)).todos.auth).toBeUndefined();
  });

  test.each([
    // https://github.com/paypal/paypal-rest-api-specifications/blob/main/openapi/checkout_orders_v2.json
    "/v1/oauth2/token",
    // https://developers.zoom.us/docs/internal-apps/s2s-oauth/
    "https://zoom.us/oauth/token",
  ])("reads where a client gets its tokens, where they are for clients alone: %s", (tokenUrl) => {
    const { value, todos } = draft(withScheme({ type: "oauth2", flows: { clientCredentials: { tokenUrl } } }));
    expect(value.auth).toEqual({
      kind: "client-credentials",
      tokenUrl,
      clientAuthentication: "basic",
      clientId: { name: "clientId", env: "ACME_CLIENT_ID" },
      clientSecret: { name: "clientSecret", env: "ACME_CLIENT_SECRET" },
    });
    expect(todos.auth).toContain("how a client proves who it is");
  });

  test.each([
    [
      "users authorize it, too",
      { clientCredentials: { tokenUrl: "/token" }, authorizationCode: { tokenUrl: "/token" } },
    ],
    ["the address is not one", { clientCredentials: { tokenUrl: "token" } }],
    ["its host would be another", { clientCredentials: { tokenUrl: "//evil.test/token" } }],
    ["it is not encrypted", { clientCredentials: { tokenUrl: "http://acme.test/token" } }],
  ])("reads a bearer token where %s", (_, flows) => {
    expect(draft(withScheme({ type: "oauth2", flows })).value.auth).toEqual({ kind: "bearer", env: "ACME_TOKEN" });
  });

  test.each<[string, Json, RegExp]>([
    ["there is no security scheme", pets(), /the document has no security scheme/],
    [
      "the credential is one of several cookies",
      pets(
        { parameters: [{ name: "lang", in: "cookie", schema: { type: "string" } }] },
        { components: { securitySchemes: { a: { type: "apiKey", in: "cookie", name: "sid" } } } },
      ),
      /none of the document's security schemes is supported/,
    ],
    [
      "requests are signed",
      withScheme({ type: "apiKey", in: "header", name: "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" }),
      /requests are signed/,
    ],
    [
      "the key is the whole Authorization header",
      withScheme({ type: "apiKey", in: "header", name: "Authorization" }),
      /If a word precedes it, add that as `prefix`/,
    ],
    [
      "the key is in quotes, as Conjur's",
      withScheme({ type: "apiKey", in: "header", name: "Authorization", description: '`Token token="<key>"`' }),
      /If a word precedes it, add that as `prefix`/,
    ],
    [
      "some operations take another credential",
      (() => {
        const document = withScheme({ type: "http", scheme: "bearer" });
        const components = {
          securitySchemes: { a: { type: "http", scheme: "bearer" }, admin: { type: "http", scheme: "basic" } },
        };
        Object.assign(document, { components });
        Object.assign(document.paths, { "/admin": { get: { security: [{ admin: [] }] } }, "/pets/{id}": { get: {} } });
        return document;
      })(),
      /^another credential \(admin\) is for GET \/admin: these are sent without the client's/,
    ],
    [
      "most operations are open, as in the document of Notion's MCP server",
      (() => {
        const document = withScheme({ type: "http", scheme: "bearer" });
        Object.assign(document.paths, { "/a": { get: { security: [] } }, "/b": { get: { security: [] } } });
        return document;
      })(),
      /^2 of 3 operations, such as GET \/a, have `security: \[\]` and are sent without the credential: where they need it/,
    ],
  ])("adds a TODO where %s", (_, document, pattern) => {
    expect(draft(document).todos.auth).toMatch(pattern);
  });

  const securitySchemes = {
    query: { type: "apiKey", in: "query", name: "key" },
    basic: { type: "http", scheme: "basic" },
    oauth: { type: "oauth2", flows: {} },
  };

  test.each<[title: string, requirements: Json[][], want: string]>([
    [
      "a key in the query does not win by being an alternative everywhere",
      [[{ query: [] }], [{ query: [] }, { oauth: [] }], [{ query: [] }, { oauth: [] }]],
      "bearer",
    ],
    [
      "nor over basic",
      [
        [{ query: [] }, { basic: [] }],
        [{ query: [] }, { basic: [] }],
      ],
      "basic",
    ],
    ["it wins where most operations take nothing else", [[{ query: [] }], [{ query: [] }], [{ oauth: [] }]], "query"],
    ["it wins where there is no other", [[{ query: [] }]], "query"],
  ])("%s", (_, requirements, want) => {
    const document = pets({ security: requirements[0] }, { components: { securitySchemes } });
    for (const [index, security] of requirements.slice(1).entries())
      Object.assign(document.paths, { [`/others/${index}`]: { get: { security } } });
    expect(draft(document).value.auth).toMatchObject({ kind: want });
  });

  test("says what some operations require together, whatever its kind", () => {
    const document = pets({ security: [{ oauth: [] }] }, { components: { securitySchemes } });
    Object.assign(document.paths, { "/others": { get: { security: [{ oauth: [], basic: [] }] } } });
    expect(draft(document).todos.auth).toMatch(
      /^the document also requires basic \(basic\) in 1 of 2 operations: callers pass it/,
    );
  });

  test("chooses the scheme that most operations accept, and names others that they require with it", () => {
    const document = pets(
      { security: [{ key: [], client: [] }] },
      {
        security: [{ basic: [] }],
        components: {
          securitySchemes: {
            basic: { type: "http", scheme: "basic" },
            key: { type: "apiKey", in: "header", name: "X-Key" },
            client: { type: "http", scheme: "bearer" },
          },
        },
      },
    );
    const { value, todos } = draft(document);
    expect(value.auth).toMatchObject({ kind: "bearer" });
    expect(todos.auth).toContain("header x-key");
  });
});
