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
      "a variable without a default",
      {
        document: withServers("https://{tenant}.acme.test"),
        baseUrl: "https://api.acme.example",
        todo: /has no server URL/,
      },
    ],
    ["no servers", { document: withServers(), baseUrl: "https://api.acme.example", todo: /has no server URL/ }],
  ])("readBaseUrl adds a TODO to its guess from %s", (_, { document, baseUrl, todo, origin = "acme.json" }) => {
    const { value, todos } = draft(document, origin);
    expect([value.baseUrl, todos.baseUrl]).toEqual([baseUrl, expect.stringMatching(todo)]);
  });

  test("readOrigins returns the servers of single operations, with a TODO about the credential", () => {
    const { value, todos } = draft(pets({ servers: [{ url: "https://files.acme.test/v1" }] }));
    expect(value.origins).toEqual(["https://files.acme.test"]);
    expect(todos.origins).toContain("may receive the credential");
  });
});
