import { expect, test } from "vitest";
import { draft, json, list, object, pets, query, text, whole } from "../../test/draft-pets.js";

test("parameters that no request can carry are a TODO", () => {
  const parameters = ["a", "b", "c", "d"].map((name) => ({ name, in: "cookie", schema: list }));
  const { todos, value } = draft(pets({ parameters }));
  expect(value.query).toBe("repeat");
  expect(todos.query).toMatch(
    /^the cookie parameter a of GET \/pets is a cookie that explodes.*; and 1 more\. Correct/,
  );
});

test("a document whose forms have most of their fields in brackets gets forms in brackets", () => {
  const encoding = { meta: { style: "deepObject", explode: true }, tags: { style: "deepObject", explode: true } };
  const schema = object({ meta: object({}), tags: list });
  const requestBody = { content: { "application/x-www-form-urlencoded": { schema, encoding } } };
  const document = pets();
  Object.assign(document.paths["/pets"], { post: { requestBody, responses: {} } });
  expect(draft(document).value.body).toBe("form-brackets");
});

test("draftProfile leaves no TODO for a document with all facts", () => {
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
    todos: {},
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

test.each([
  ["application/json", "json"],
  ["application/x-www-form-urlencoded", "form-repeat"],
  ["multipart/form-data", "multipart"],
])("draftProfile turns request bodies in %s into the body form %s", (type, body) => {
  const document = pets();
  Object.assign(document.paths["/pets"], {
    post: { requestBody: { content: { [type]: { schema: object({ a: text }) } } }, responses: {} },
  });
  expect(draft(document).value.body).toBe(body);
});

test("draftProfile chooses the query style with the fewest exceptions", () => {
  const comma = { name: "ids", in: "query", explode: false, schema: list };
  expect(draft(pets({ parameters: [comma] })).value.query).toBe("comma");
  expect(draft(pets({ parameters: [{ ...comma, explode: true }] })).value.query).toBeUndefined();
});
