import { describe, expect, test } from "vitest";
import { draft, type Json, pets } from "../../test/draft-pets.js";

describe("from the servers of a document,", () => {
  const withServers = (...urls: string[]) => pets({}, { servers: urls.map((url) => ({ url })) });

  const withVariable = { url: "https://{region}.acme.test", variables: { region: { default: "eu" } } };

  test.each([
    ["one https URL", withServers("https://api.acme.test/v1/"), "https://api.acme.test/v1"],
    ["http and https", withServers("http://api.acme.test", "https://api.acme.test"), "https://api.acme.test"],
    ["localhost and https", withServers("http://localhost:8080", "https://api.acme.test"), "https://api.acme.test"],
    ["a variable with a default", pets({}, { servers: [withVariable] }), "https://eu.acme.test"],
  ])("readBaseUrl returns the first absolute https URL of %s", (_, document, baseUrl) => {
    expect(draft(document).value.baseUrl).toBe(baseUrl);
    expect(draft(document).todos.baseUrl).toBeUndefined();
  });

  interface Guess {
    readonly document: Json;
    /** Where the document came from. @default "acme.json" */
    readonly origin?: string;
    readonly baseUrl: string;
    readonly todo: RegExp;
  }

  test.each<[string, Guess]>([
    [
      "http only",
      {
        document: withServers("http://api.acme.test"),
        baseUrl: "https://api.acme.test",
        todo: /has this URL with http/,
      },
    ],
    [
      "a path of a fetched document",
      {
        document: withServers("/v2"),
        origin: "https://docs.acme.test/openapi.json",
        baseUrl: "https://docs.acme.test/v2",
        todo: /has only a path/,
      },
    ],
    [
      "a path of a local document",
      { document: withServers("/v2"), baseUrl: "https://api.acme.example/v2", todo: /has no server URL/ },
    ],
    [
      "a host that is a variable",
      {
        document: withServers("https://{domain}/api"),
        baseUrl: "https://api.acme.example",
        todo: /has no server URL/,
      },
    ],
    ["no servers", { document: withServers(), baseUrl: "https://api.acme.example", todo: /has no server URL/ }],
  ])("readBaseUrl adds a TODO to its guess from %s", (_, { document, baseUrl, todo, origin = "acme.json" }) => {
    const { value, todos } = draft(document, origin);
    expect([value.baseUrl, todos.baseUrl]).toEqual([baseUrl, expect.stringMatching(todo)]);
  });

  // https://developer.zendesk.com/zendesk/oas.yaml, https://shopify.dev/docs/api/admin-rest#endpoints
  test.each([
    {
      server: {
        url: "https://{subdomain}.{domain}.com/",
        variables: { domain: { default: "zendesk" }, subdomain: { default: "some-subdomain" } },
      },
      baseUrl: "https://{subdomain}.zendesk.com",
      variable: "subdomain",
    },
    {
      server: { url: "https://{shop}.myshopify.com/admin/api/2026-07" },
      baseUrl: "https://{shop}.myshopify.com/admin/api/2026-07",
      variable: "shop",
    },
  ])("readBaseUrl keeps the variable of an account: $baseUrl", ({ server, baseUrl, variable }) => {
    const { value, todos } = draft(pets({}, { servers: [server] }));
    expect(value.baseUrl).toBe(baseUrl);
    expect(value.variables).toEqual({ [variable]: { pattern: "[a-z0-9][a-z0-9-]*" } });
    expect(todos.baseUrl).toContain("no value leads to a foreign host");
  });

  test("readOrigins returns the servers of single operations, with a TODO about the credential", () => {
    const { value, todos } = draft(pets({ servers: [{ url: "https://files.acme.test/v1" }] }));
    expect(value.origins).toEqual(["https://files.acme.test"]);
    expect(todos.origins).toContain("may receive the credential");
  });
});

test.each(["https://api.example.com", "https://your-domain.net/api", "https://example.org"])(
  "%s is a placeholder, which has a TODO",
  (url) => {
    const { value, todos } = draft(pets({}, { servers: [{ url }] }));
    expect(value.baseUrl).toBe(url);
    expect(todos.baseUrl).toBe("the host is a placeholder. Enter the base URL of the API.");
  },
);
