import { expect, test } from "vitest";
import { draft, type Json, pets } from "../../test/draft-pets.js";

const key = (place: string, name: string) => ({ type: "apiKey", in: place, name });

/** A document with an operation for each requirement. */
function withSecurity(securitySchemes: Json, ...requirements: readonly (readonly Json[])[]) {
  const operations = requirements.map((security, index) => [
    `/things/${index}`,
    { get: { security, responses: { 200: { description: "" } } } },
  ]);
  return pets({}, { components: { securitySchemes }, paths: Object.fromEntries(operations) });
}

// The schemes and requirements of the vendors' documents.
const plaid = {
  clientId: key("header", "PLAID-CLIENT-ID"),
  secret: key("header", "PLAID-SECRET"),
  plaidVersion: key("header", "Plaid-Version"),
};
const trello = { APIKey: key("query", "key"), APIToken: key("query", "token") };
const datadog = {
  apiKeyAuth: key("header", "DD-API-KEY"),
  appKeyAuth: key("header", "DD-APPLICATION-KEY"),
  AuthZ: { type: "oauth2", flows: {} },
};

test.each<[vendor: string, document: Json, want: { readonly parts: readonly Json[]; readonly todo?: string }]>([
  [
    "Plaid, whose version is not a part: https://github.com/plaid/plaid-openapi/blob/master/2020-09-14.yml",
    withSecurity(plaid, [{ clientId: [], secret: [], plaidVersion: [] }]),
    {
      parts: [
        { name: "clientId", env: "ACME_CLIENT_ID", in: "header", as: "plaid-client-id" },
        { name: "secret", env: "ACME_SECRET", in: "header", as: "plaid-secret" },
      ],
      todo: "the document also requires header plaid-version",
    },
  ],
  [
    "Trello, in the query: https://developer.atlassian.com/cloud/trello/swagger.v3.json",
    withSecurity(trello, [{ APIKey: [], APIToken: [] }]),
    {
      parts: [
        { name: "key", env: "ACME_KEY", in: "query", as: "key" },
        { name: "token", env: "ACME_TOKEN", in: "query", as: "token" },
      ],
    },
  ],
  [
    "Datadog, which needs one of them everywhere: https://docs.datadoghq.com/api/latest/authentication/",
    withSecurity(
      datadog,
      [{ apiKeyAuth: [], appKeyAuth: [] }, { AuthZ: [] }],
      [{ apiKeyAuth: [], appKeyAuth: [] }],
      [{ apiKeyAuth: [] }],
    ),
    {
      parts: [
        { name: "apiKey", env: "ACME_API_KEY", in: "header", as: "dd-api-key" },
        { name: "applicationKey", env: "ACME_APPLICATION_KEY", in: "header", as: "dd-application-key", optional: true },
      ],
    },
  ],
])("keys that are required together are drafted as one credential: %s", (_, document, { parts, todo }) => {
  const { value, todos } = draft(document);
  expect(value.auth).toEqual({ kind: "parts", parts });
  if (todo === undefined) expect(todos.auth).toBeUndefined();
  else expect(todos.auth).toContain(todo);
});

test.each<[title: string, document: Json, kind: string]>([
  ["that are alternatives", withSecurity(trello, [{ APIKey: [] }, { APIToken: [] }]), "query"],
  [
    "that few operations require together",
    withSecurity(datadog, [{ apiKeyAuth: [] }], [{ apiKeyAuth: [] }], [{ apiKeyAuth: [], appKeyAuth: [] }]),
    "header",
  ],
  ["of which one is a token of OAuth", withSecurity(datadog, [{ apiKeyAuth: [], AuthZ: [] }]), "bearer"],
])("keys %s are not", (_, document, kind) => {
  expect(draft(document).value.auth).toMatchObject({ kind });
});
