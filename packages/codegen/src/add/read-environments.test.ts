import { expect, test } from "vitest";
import { draft, type Json, pets } from "../../test/draft-pets.js";

interface Case {
  readonly servers: readonly Json[];
  readonly baseUrl: string;
  readonly environments: Readonly<Record<string, string | undefined>> | undefined;
  readonly todo?: RegExp;
}

// The servers of the vendors' documents.
test.each<[string, Case]>([
  [
    "Plaid: https://github.com/plaid/plaid-openapi/blob/master/2020-09-14.yml",
    {
      servers: [
        { url: "https://production.plaid.com", description: "Production" },
        { url: "https://sandbox.plaid.com", description: "Sandbox" },
      ],
      baseUrl: "https://production.plaid.com",
      environments: { production: undefined, sandbox: "https://sandbox.plaid.com" },
    },
  ],
  [
    "PayPal, whose sandbox is first: https://github.com/paypal/paypal-rest-api-specifications",
    {
      servers: [
        { url: "https://api-m.sandbox.paypal.com", description: "PayPal Sandbox Environment" },
        { url: "https://api-m.paypal.com", description: "PayPal Live Environment" },
      ],
      baseUrl: "https://api-m.paypal.com",
      environments: { live: undefined, sandbox: "https://api-m.sandbox.paypal.com" },
    },
  ],
  [
    "SendGrid: https://github.com/twilio/sendgrid-oai/blob/main/spec/json/tsg_mail_v3.json",
    {
      servers: [
        { url: "https://api.sendgrid.com", description: "for global users and subusers" },
        { url: "https://api.eu.sendgrid.com", description: "for EU regional subusers" },
      ],
      baseUrl: "https://api.sendgrid.com",
      environments: { global: undefined, eu: "https://api.eu.sendgrid.com" },
    },
  ],
  [
    "Intercom: https://github.com/intercom/Intercom-OpenAPI/blob/main/descriptions/2.15/api.intercom.io.yaml",
    {
      servers: [
        { url: "https://api.intercom.io", description: "The production API server" },
        { url: "https://api.eu.intercom.io", description: "The european API server" },
        { url: "https://api.au.intercom.io", description: "The australian API server" },
      ],
      baseUrl: "https://api.intercom.io",
      environments: {
        production: undefined,
        eu: "https://api.eu.intercom.io",
        au: "https://api.au.intercom.io",
      },
    },
  ],
  [
    "Datadog, whose sites are values of a variable: https://github.com/DataDog/datadog-api-client-typescript",
    {
      servers: [
        {
          url: "https://{subdomain}.{site}",
          variables: {
            site: {
              default: "datadoghq.com",
              enum: ["datadoghq.com", "us3.datadoghq.com", "us5.datadoghq.com", "ap1.datadoghq.com", "datadoghq.eu"],
            },
            subdomain: { default: "api" },
          },
        },
      ],
      baseUrl: "https://api.datadoghq.com",
      environments: {
        default: undefined,
        us3: "https://api.us3.datadoghq.com",
        us5: "https://api.us5.datadoghq.com",
        ap1: "https://api.ap1.datadoghq.com",
        eu: "https://api.datadoghq.eu",
      },
    },
  ],
  [
    "Adyen, whose document has the server for tests alone: https://github.com/Adyen/adyen-openapi",
    {
      servers: [{ url: "https://checkout-test.adyen.com/v72" }],
      baseUrl: "https://checkout-test.adyen.com/v72",
      environments: undefined,
      todo: /looks like one for tests\. Enter that of real data, and add this one to `environments`/,
    },
  ],
  [
    "URLs that nothing tells apart leave a TODO",
    {
      servers: [{ url: "https://api.acme.com/v1" }, { url: "https://api.acme.com/v2" }, { url: "https://a.acme.com" }],
      baseUrl: "https://api.acme.com/v1",
      environments: undefined,
      todo: /also has https:\/\/api\.acme\.com\/v2, https:\/\/a\.acme\.com: add those that are other environments/,
    },
  ],
  [
    "URLs of which several would have one name leave a TODO",
    {
      servers: [
        { url: "https://api.acme.com" },
        { url: "https://sandbox.acme.com" },
        { url: "https://files.sandbox.acme.com" },
        { url: "https://eu.acme.com" },
      ],
      baseUrl: "https://api.acme.com",
      environments: { default: undefined, eu: "https://eu.acme.com" },
      todo: /also has https:\/\/sandbox\.acme\.com, https:\/\/files\.sandbox\.acme\.com/,
    },
  ],
  [
    "sandboxes of regions",
    {
      servers: [
        { url: "https://sandbox.us.acme.com" },
        { url: "https://api.us.acme.com" },
        { url: "https://sandbox.eu.acme.com" },
        { url: "https://api.eu.acme.com" },
      ],
      baseUrl: "https://api.us.acme.com",
      environments: {
        us: undefined,
        "us-sandbox": "https://sandbox.us.acme.com",
        "eu-sandbox": "https://sandbox.eu.acme.com",
        eu: "https://api.eu.acme.com",
      },
    },
  ],
  [
    "what is not an environment: plain http, this machine, a path, invented responses, a copy",
    {
      servers: [
        { url: "https://api.acme.com/v1/" },
        { url: "http://sandbox.acme.com" },
        { url: "https://localhost:8443", description: "Development" },
        { url: "/v1", description: "Sandbox" },
        { url: "https://mock.acme.com", description: "Mock server for tests" },
        { url: "https://api.acme.com/v1", description: "Production" },
      ],
      baseUrl: "https://api.acme.com/v1",
      environments: undefined,
    },
  ],
  [
    "a description with the words of a sentence",
    {
      servers: [
        { url: "https://api.acme.com", description: "Production. Contact us before you test in it." },
        { url: "https://beta.acme.com", description: "A sandbox, which is not for production." },
      ],
      baseUrl: "https://api.acme.com",
      environments: { production: undefined, sandbox: "https://beta.acme.com" },
    },
  ],
])("environments are drafted from servers: %s", (_, { servers, baseUrl, environments, todo }) => {
  const { value, todos } = draft(pets({}, { servers }));
  expect(value.baseUrl).toBe(baseUrl);
  const expected =
    environments &&
    Object.fromEntries(
      Object.entries(environments).map(([name, url]) => [name, url === undefined ? {} : { baseUrl: url }]),
    );
  expect(value.environments).toEqual(expected);
  // The first is the default.
  expect(Object.keys(Object(value.environments))).toEqual(Object.keys(environments ?? {}));
  if (todo) expect(todos.baseUrl).toMatch(todo);
  else expect(todos.baseUrl).toBeUndefined();
  if (environments) expect(todos.environments).toContain("check the names");
});

test("an environment whose host comes with the account has its variable", () => {
  const servers = [
    { url: "https://api.acme.com", description: "Shared" },
    { url: "https://{tenant}.sandbox.acme.com", variables: { tenant: { default: "your-tenant" } } },
  ];
  const { value, todos } = draft(pets({}, { servers }));
  expect(value.environments).toEqual({ live: {}, sandbox: { baseUrl: "https://{tenant}.sandbox.acme.com" } });
  expect(value.variables).toEqual({ tenant: { pattern: "[a-z0-9][a-z0-9-]*" } });
  expect(todos.baseUrl).toContain("no value leads to a foreign host");
});

test("an operation that is served from another environment needs no other origin", () => {
  const servers = [{ url: "https://api.acme.com" }, { url: "https://sandbox.acme.com" }];
  const { value } = draft(pets({ servers: [{ url: "https://sandbox.acme.com" }] }, { servers }));
  expect(value.origins).toBeUndefined();
});
