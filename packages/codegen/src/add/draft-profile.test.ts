import { describe, expect, test } from "vitest";
import { readOperations } from "../generate/operations/read-operations.js";
import { draftProfile } from "./draft-profile.js";
import { readProviderName } from "./provider-name.js";

type Json = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const whole = { type: "integer" };
const object = (properties: Json) => ({ type: "object", properties });
const list = { type: "array", items: text };
const json = (schema: unknown, more: Json = {}) => ({
  description: "",
  content: { "application/json": { schema } },
  ...more,
});
const query = (...names: string[]) =>
  names.map((name) => ({ name, in: "query", schema: /page$|limit|offset|size/i.test(name) ? whole : text }));

/** A document with one `GET /pets`. */
const pets = (operation: Json = {}, more: Json = {}) => ({
  openapi: "3.0.3",
  info: { title: "Acme", version: "1" },
  servers: [{ url: "https://api.acme.test/v1" }],
  paths: { "/pets": { get: { responses: { 200: json(list) }, ...operation } } },
  ...more,
});

function draft(document: Json, origin = "acme.json") {
  const loaded = { name: "acme", origin, json: document };
  const none = { headers: new Set<string>(), query: new Set<string>() };
  const fields = draftProfile({ id: "acme", document: loaded, operations: readOperations(loaded, none) }, "Acme");
  const value = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const open = Object.fromEntries(
    fields.filter((field) => field.open.length > 0).map((field) => [field.name, field.open.join(" ")]),
  );
  return { value, open };
}

test("a document that tells everything leaves nothing open", () => {
  const error = object({ error: object({ message: text, code: text }) });
  const headers = {
    "X-RateLimit-Limit": { schema: whole },
    "X-RateLimit-Remaining": { schema: whole },
    "X-RateLimit-Reset": { schema: whole, description: "When the window ends, in UTC epoch seconds." },
    "X-Request-Id": { schema: text },
  };
  const key = { name: "Idempotency-Key", in: "header", schema: { type: "string", maxLength: 64 } };
  const document = pets(
    {
      parameters: query("limit", "cursor"),
      responses: { 200: json(object({ data: list, next_cursor: text }), { headers }), "4XX": json(error) },
    },
    {
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    },
  );
  const post = {
    parameters: [key],
    requestBody: { content: { "application/json": { schema: object({}) } } },
    responses: { 201: json(object({})) },
  };
  Object.assign(document.paths["/pets"], { post });
  expect(draft(document)).toEqual({
    open: {},
    value: {
      id: "acme",
      name: "Acme",
      baseUrl: "https://api.acme.test/v1",
      auth: { kind: "bearer", env: "ACME_TOKEN" },
      body: "json",
      idempotency: { header: "idempotency-key", methods: ["POST"], maxLength: 64 },
      rateLimitHeaders: {
        limit: "x-ratelimit-limit",
        remaining: "x-ratelimit-remaining",
        reset: { name: "x-ratelimit-reset", unit: "epoch-seconds" },
      },
      pagination: [
        { kind: "cursor", from: { body: ["next_cursor"] }, into: { in: "query", name: "cursor" }, items: ["data"] },
      ],
      errors: { message: ["error", "message"], code: ["error", "code"], requestId: "x-request-id" },
    },
  });
});

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

describe("the base URL", () => {
  const at = (...urls: string[]) => pets({}, { servers: urls.map((url) => ({ url })) });

  test.each([
    [at("https://api.acme.test/v1/"), "acme.json", "https://api.acme.test/v1"],
    [at("http://api.acme.test", "https://api.acme.test"), "acme.json", "https://api.acme.test"],
    [at("http://localhost:8080", "https://api.acme.test"), "acme.json", "https://api.acme.test"],
    [
      pets({}, { servers: [{ url: "https://{region}.acme.test", variables: { region: { default: "eu" } } }] }),
      "acme.json",
      "https://eu.acme.test",
    ],
  ])("is the first full https address", (document, origin, baseUrl) => {
    expect(draft(document, origin).value.baseUrl).toBe(baseUrl);
    expect(draft(document, origin).open.baseUrl).toBeUndefined();
  });

  test.each([
    [at("http://api.acme.test"), "acme.json", "https://api.acme.test", /with http only/],
    [at("/v2"), "https://docs.acme.test/openapi.json", "https://docs.acme.test/v2", /a path only/],
    [at("/v2"), "acme.json", "https://api.acme.example/v2", /does not say where/],
    [at("https://{tenant}.acme.test"), "acme.json", "https://api.acme.example", /does not say where/],
    [at(), "acme.json", "https://api.acme.example", /does not say where/],
  ])("is marked where it is a guess", (document, origin, baseUrl, pattern) => {
    const { value, open } = draft(document, origin);
    expect([value.baseUrl, open.baseUrl]).toEqual([baseUrl, expect.stringMatching(pattern)]);
  });

  test("single operations' servers are origins, and marked: they will see the credential", () => {
    const { value, open } = draft(pets({ servers: [{ url: "https://files.acme.test/v1" }] }));
    expect(value.origins).toEqual(["https://files.acme.test"]);
    expect(open.origins).toContain("may see the credential");
  });
});

describe("pagination", () => {
  const page = (parameters: readonly Json[], schema: unknown, more: Json = {}) =>
    pets({ parameters, responses: { 200: json(schema, more) } });
  const cursor = (name: string, ...body: string[]) => ({ kind: "cursor", from: { body }, into: { in: "query", name } });

  test.each<[string, Json, Json | undefined]>([
    [
      "a token",
      page(query("pageToken"), object({ pets: list, nextPageToken: text })),
      { ...cursor("pageToken", "nextPageToken"), items: "by-path" },
    ],
    [
      "a token deep inside",
      page(query("after"), object({ results: list, paging: object({ next: object({ after: text }) }) })),
      { ...cursor("after", "paging", "next", "after"), items: ["results"] },
    ],
    [
      "a token of the same name",
      page(query("NextToken"), object({ Rows: list, NextToken: text })),
      { ...cursor("NextToken", "NextToken"), items: ["Rows"] },
    ],
    [
      "an address",
      page(query("limit"), object({ value: list, nextLink: text })),
      { kind: "next-url", next: ["nextLink"], items: ["value"] },
    ],
    [
      "an address among links",
      page([], object({ items: list, _links: object({ next: object({ href: text }) }) })),
      { kind: "next-url", next: ["_links", "next", "href"], items: ["items"] },
    ],
    [
      "next beside previous",
      page([], object({ results: list, next: text, previous: text })),
      { kind: "next-url", next: ["next"], items: ["results"] },
    ],
    [
      "the Link header",
      page(query("page", "per_page"), list, { headers: { Link: { schema: text } } }),
      { kind: "link-header", items: [] },
    ],
    [
      "an offset",
      page(query("offset", "limit"), object({ data: list })),
      { kind: "offset", into: { in: "query", name: "offset" }, size: "limit", items: ["data"] },
    ],
    [
      "a page number",
      page(query("page"), list),
      { kind: "page-number", into: { in: "query", name: "page" }, first: 1, items: [] },
    ],
    [
      "a page number from 0",
      page([{ name: "page", in: "query", schema: { type: "integer", default: 0 } }], list),
      { kind: "page-number", into: { in: "query", name: "page" }, first: 0, items: [] },
    ],
    ["an offset without a size", page(query("offset"), list), undefined],
    ["a token that nothing returns", page(query("cursor"), object({ data: list })), undefined],
    ["no list", page(query("page"), object({ a: text })), undefined],
  ])("by %s", (_, document, style) => {
    expect(draft(document).value.pagination).toEqual(style === undefined ? undefined : [style]);
  });
});

describe("errors", () => {
  const failing = (schema: unknown) => pets({ responses: { 200: json(list), 400: json(schema) } });

  test.each<[string, unknown, Json]>([
    ["flat", object({ message: text, code: text }), { message: ["message"], code: ["code"] }],
    [
      "in a list",
      object({ errors: { type: "array", items: object({ message: text, code: whole }) } }),
      { message: ["errors", 0, "message"], code: ["errors", 0, "code"] },
    ],
    ["RFC 9457", object({ type: text, title: text, detail: text }), { message: ["detail"], code: ["type"] }],
    ["OAuth", object({ error: text, error_description: text }), { message: ["error_description"], code: ["error"] }],
    [
      "composed",
      { allOf: [object({ message: text }), object({ requestId: text })] },
      { message: ["message"], requestId: ["requestId"] },
    ],
  ])("%s", (_, schema, errors) => {
    expect(draft(failing(schema))).toMatchObject({ value: { errors } });
    expect(draft(failing(schema)).open.errors).toBeUndefined();
  });

  test.each([
    [pets(), /nowhere in the document/],
    [failing(object({ oops: whole })), /in no place that is usual/],
  ])("are marked where they are not described", (document, pattern) => {
    expect(draft(document).open.errors).toMatch(pattern);
  });
});

test.each([
  ["application/json", "json"],
  ["application/x-www-form-urlencoded", "form-repeat"],
  ["multipart/form-data", "multipart"],
])("bodies in %s make the body form %s", (type, body) => {
  const document = pets();
  Object.assign(document.paths["/pets"], {
    post: { requestBody: { content: { [type]: { schema: object({ a: text }) } } }, responses: {} },
  });
  expect(draft(document).value.body).toBe(body);
});

test("the query style is the one with the fewest exceptions", () => {
  const comma = { name: "ids", in: "query", explode: false, schema: list };
  expect(draft(pets({ parameters: [comma] })).value.query).toBe("comma");
  expect(draft(pets({ parameters: [{ ...comma, explode: true }] })).value.query).toBeUndefined();
});

test.each([
  ["The Acme REST API v2", "Acme"],
  ["Adafruit IO REST API", "Adafruit IO"],
  ["Acme */ `x` $\u007by} [link](z)", "Acme x y link z"],
  ["API", "Acme Billing"],
  ["", "Acme Billing"],
  [`${"long ".repeat(20)}`, "Acme Billing"],
])("the title %j is written as %s", (title, name) => {
  const document = { name: "acme", origin: "", json: { info: { title } } };
  expect(readProviderName({ id: "acme-billing", document, operations: [] })).toBe(name);
});
