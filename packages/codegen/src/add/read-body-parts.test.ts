import { expect, test } from "vitest";
import { draft, type Json, json, object, pets, text, whole } from "../../test/draft-pets.js";

const body = (properties: Json, required: readonly string[], media = "application/json") => ({
  required: true,
  content: { [media]: { schema: { ...object(properties), required } } },
});
/** A document with a POST for each body. */
function document(bodies: readonly Json[], more: Json = {}) {
  const paths = bodies.map((requestBody, index) => [
    `/things/${index}`,
    { post: { requestBody, responses: { 200: json(text) } } },
  ]);
  return pets({}, { paths: Object.fromEntries(paths), ...more });
}
const mandrill = [
  body({ key: text, message: object({}) }, ["key", "message"]),
  body({ key: text, id: text }, ["key", "id"]),
];

test.each<[vendor: string, document: Json, parts: readonly Json[]]>([
  [
    "Mailchimp Transactional: https://mailchimp.com/developer/transactional/api/messages/send-new-message/",
    document(mandrill),
    [{ name: "key", env: "ACME_KEY", in: "body", as: "key" }],
  ],
  [
    "Plaid, by its reference: https://plaid.com/docs/api/items/#itemget",
    document([
      body({ client_id: text, secret: text, access_token: text }, ["client_id", "secret", "access_token"]),
      body({ client_id: text, secret: text, count: whole }, ["client_id", "secret"]),
    ]),
    [
      { name: "clientId", env: "ACME_CLIENT_ID", in: "body", as: "client_id" },
      { name: "secret", env: "ACME_SECRET", in: "body", as: "secret" },
    ],
  ],
  [
    "Pushover, whose bodies are forms: https://pushover.net/api",
    document([
      body({ token: text, user: text, message: text }, ["token", "user"], "application/x-www-form-urlencoded"),
    ]),
    [{ name: "token", env: "ACME_TOKEN", in: "body", as: "token" }],
  ],
])("the credential in bodies of %s", (_, source, parts) => {
  const { value, todos } = draft(source);
  expect(value.auth).toEqual({ kind: "parts", parts });
  expect(todos.auth).toContain("of each body");
});

test.each<[string, Json]>([
  [
    "the document has a security scheme",
    document(mandrill, { components: { securitySchemes: { a: { type: "mutualTLS" } } } }),
  ],
  ["one of few bodies has a secret", document([...mandrill, body({ id: text }, ["id"])])],
  ["no body requires it", document([body({ key: text }, [])])],
  ["its id alone is required", document([body({ client_id: text }, ["client_id"])])],
  ["an operation has no body", { ...pets() }],
])("no credential in bodies is drafted where %s", (_, source) => {
  expect(draft(source).value.auth).toMatchObject({ kind: "bearer" });
});
