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
  ])("reads %s", (_, scheme, auth) => {
    expect(draft(withScheme(scheme))).toMatchObject({ value: { auth }, todos: {} });
    expect(draft(withScheme(scheme)).todos.auth).toBeUndefined();
  });

  test.each<[string, Json, RegExp]>([
    ["there is no security scheme", pets(), /the document has no security scheme/],
    [
      "the credential is a cookie",
      withScheme({ type: "apiKey", in: "cookie", name: "sid" }),
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
  ])("adds a TODO where %s", (_, document, pattern) => {
    expect(draft(document).todos.auth).toMatch(pattern);
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
            client: { type: "apiKey", in: "header", name: "X-Client" },
          },
        },
      },
    );
    const { value, todos } = draft(document);
    expect(value.auth).toMatchObject({ kind: "header", name: "x-key" });
    expect(todos.auth).toContain("header x-client");
  });
});
