import { describe, expect, test } from "vitest";
import { draft, pets } from "../testing/draft-pets.js";

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
