import { allStrategies, createConnector, type ProviderProfile } from "@connectry/core";
import { describe, expect, test } from "vitest";
import { loadedDocument, readNamed, readProfile } from "../../../test/sample-input.js";
import { errorClassOf, writeErrorType } from "./error-type.js";

const content = (...types: string[]) => ({ content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) });
const json = content("application/json");
const body = (status: string | number) => `IT["responses"]["${status}"]["content"]["application/json"]`;

function errorOf(responses: object, method = "get") {
  const document = loadedDocument({ paths: { "/a": { [method]: { operationId: "it", responses } } } });
  const [operation] = readNamed([document], readProfile());
  if (operation === undefined) throw new Error("The document has no operation.");
  return writeErrorType("IT", operation);
}

describe("the type of an operation's errors", () => {
  test.each<[title: string, responses: object, want: string]>([
    ["without any in the document, every class has an unknown body", { 200: json }, "AnyApiError"],
    ["a status without a body says nothing", { 404: {} }, "AnyApiError"],
    ["that of `default` is of every class", { default: json }, `AnyApiError<${body("default")}>`],
    [
      "a status leads to its class, and the other classes have an unknown body",
      { 404: json, 422: json },
      `NotFoundError<${body(404)}> | UnprocessableEntityError<${body(422)}> | AnyApiError<unknown, "NotFoundError" | "UnprocessableEntityError">`,
    ],
    [
      "a status takes precedence over `default`",
      { 404: json, default: json },
      `NotFoundError<${body(404)}> | AnyApiError<${body("default")}, "NotFoundError">`,
    ],
    [
      "a status without a body takes precedence over `default`, too",
      { 404: {}, default: json },
      `NotFoundError<unknown> | AnyApiError<${body("default")}, "NotFoundError">`,
    ],
    [
      "statuses of one class have one union",
      { 500: json, 503: json },
      `InternalServerError<${body(500)} | ${body(503)}> | AnyApiError<unknown, "InternalServerError">`,
    ],
    [
      "statuses without a class have one, and share it with `default`",
      { 402: json, 410: json, default: json },
      `OtherStatusError<${body(402)} | ${body(410)} | ${body("default")}> | AnyApiError<${body("default")}, "ApiError">`,
    ],
    [
      "a range is of the classes that it contains, but for those that have a status of their own",
      { "5XX": json, 503: content("text/html") },
      `InternalServerError<string | ${body("5XX")}> | AnyApiError<unknown, "InternalServerError">`,
    ],
    [
      "a body that is not JSON is text",
      { 404: content("text/html", "application/pdf") },
      `NotFoundError<string> | AnyApiError<unknown, "NotFoundError">`,
    ],
    [
      "a status may have several JSON forms",
      { 404: content("application/json", "application/scim+json") },
      `NotFoundError<${body(404)} | IT["responses"]["404"]["content"]["application/scim+json"]> | AnyApiError<unknown, "NotFoundError">`,
    ],
  ])("%s", (_, responses, want) => {
    expect(errorOf(responses).type).toBe(want);
  });

  test("4XX is of eight classes", () => {
    const { type, imports } = errorOf({ "4xx": json, 404: content("text/plain") });
    expect(type).toContain(`BadRequestError<${body("4xx")}>`);
    expect(type).toContain("NotFoundError<string>");
    expect(type).toContain(`OtherStatusError<${body("4xx")}>`);
    expect(imports).toHaveLength(9);
    expect(imports).not.toContain("InternalServerError");
  });

  test("a HEAD has no body", () => {
    expect(errorOf({ 404: json }, "head").type).toBe("AnyApiError<undefined>");
  });
});

test("every status has the class that core creates for it", async () => {
  const profile: ProviderProfile = {
    ...{ id: "acme", name: "Acme", baseUrl: "https://api.acme.test", body: "json" },
    auth: { kind: "bearer", env: "ACME_KEY" },
    errors: { message: ["message"], code: ["code"] },
  };
  const definition = {
    profile,
    facts: { version: "1", operations: {}, pages: {} },
    strategies: allStrategies(profile),
  };
  for (let status = 400; status < 600; status += 1) {
    const fetch = async () => Response.json({}, { status });
    const acme = createConnector(definition, { auth: "key", fetch, maxAttempts: 1 });
    const { error } = await acme.safe.request("GET", "/a");
    expect([status, error?.name]).toEqual([status, errorClassOf(status)]);
  }
});
