import { describe, expect, test } from "vitest";
import { draft, type Json, pets } from "../testing/draft-pets.js";

describe("auth", () => {
  const scheme = (one: Json, security: unknown = [{ a: [] }]) =>
    pets({}, { security, components: { securitySchemes: { a: one } } });

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
      "a bearer token that is called a key",
      { type: "apiKey", in: "header", name: "Authorization", description: "Send `Bearer <token>`." },
      { kind: "bearer", env: "ACME_TOKEN" },
    ],
    [
      "a word of the provider's own before the key",
      { type: "apiKey", in: "header", name: "Authorization", description: 'Send "token {key}".' },
      { kind: "bearer", env: "ACME_API_KEY", prefix: "token" },
    ],
  ])("%s", (_, one, auth) => {
    expect(draft(scheme(one))).toMatchObject({ value: { auth }, open: {} });
    expect(draft(scheme(one)).open.auth).toBeUndefined();
  });

  test.each<[string, Json, RegExp]>([
    ["nothing is said", pets(), /does not say how to authenticate/],
    ["a cookie is wanted", scheme({ type: "apiKey", in: "cookie", name: "sid" }), /none that a connector has/],
    [
      "requests are signed",
      scheme({ type: "apiKey", in: "header", name: "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" }),
      /requests are signed/,
    ],
    [
      "the header is a whole one",
      scheme({ type: "apiKey", in: "header", name: "Authorization" }),
      /a word may belong before it/,
    ],
  ])("is marked where %s", (_, document, pattern) => {
    expect(draft(document).open.auth).toMatch(pattern);
  });

  test("is what most operations take, and says what they demand beside it", () => {
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
    const { value, open } = draft(document);
    expect(value.auth).toMatchObject({ kind: "header", name: "x-key" });
    expect(open.auth).toContain("header x-client");
  });
});
