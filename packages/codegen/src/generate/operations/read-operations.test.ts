import { expect, test } from "vitest";
import { onlyOperation, readNamed, readProfile, sampleDocument } from "../testing/sample-input.js";

const query = (name: string, more = {}) => ({ name, in: "query", schema: { type: "string" }, ...more });
const parametersOf = (operation: ReturnType<typeof onlyOperation>) =>
  operation.parameters.map(({ place, name, required }) => `${place} ${name}${required ? "" : "?"}`);

test("what a path says holds for its operations, unless they say otherwise", () => {
  const item = {
    parameters: [query("limit"), query("page")],
    servers: [{ url: "/path" }],
    get: { parameters: [query("page", { required: true })] },
  };
  const [operation] = readNamed([sampleDocument({ paths: { "/a": item } })]);
  expect(operation && parametersOf(operation)).toEqual(["query limit?", "query page"]);
  expect(operation?.servers).toEqual([{ url: "/path" }]);
});

test("a path that is a reference, and parameters that are, are followed", () => {
  const components = {
    parameters: { Limit: query("limit") },
    pathItems: { A: { get: { parameters: [{ $ref: "#/components/parameters/Limit" }] } } },
  };
  const [operation] = readNamed([
    sampleDocument({ paths: { "/a": { $ref: "#/components/pathItems/A" } }, components }),
  ]);
  expect(operation && parametersOf(operation)).toEqual(["query limit?"]);
});

test.each([
  ["a placeholder that nobody declared is text", "/a/{id}", [], ["path id"]],
  ["a path parameter that the template lacks is dropped", "/a", [{ name: "id", in: "path", required: true }], []],
  ["a path parameter is required, whatever the document says", "/a/{id}", [{ name: "id", in: "path" }], ["path id"]],
  ["cookies are left out", "/a", [{ name: "session", in: "cookie" }], []],
  [
    "headers that HTTP and the credential set are left out",
    "/a",
    ["Accept", "content-type", "Authorization", "X-Other"].map((name) => ({ name, in: "header" })),
    ["header X-Other?"],
  ],
  ["two placeholders in one segment are two parameters", "/{a}-{b}", [], ["path a", "path b"]],
])("%s", (_title, path, parameters, want) => {
  expect(parametersOf(onlyOperation({ parameters }, { path }))).toEqual(want);
});

test("what the profile makes the client send is not asked of the caller", () => {
  const profile = readProfile({
    auth: { kind: "header", name: "X-Api-Key" },
    headers: { "x-client": "connectry" },
    versionHeader: "acme-version",
    idempotency: { header: "idempotency-key", methods: ["POST"] },
  });
  const names = ["x-api-key", "X-Client", "Acme-Version", "Idempotency-Key", "X-Trace"];
  const parameters = names.map((name) => ({ name, in: "header", required: true }));
  expect(parametersOf(onlyOperation({ parameters }, {}, profile))).toEqual(["header X-Trace"]);
  const inQuery = readProfile({ auth: { kind: "query", name: "key" } });
  expect(parametersOf(onlyOperation({ parameters: [query("key"), query("q")] }, {}, inQuery))).toEqual(["query q?"]);
});

const json = (schema: object) => ({ "application/json": { schema } });
const emptyForm = { "application/x-www-form-urlencoded": { schema: { type: "object", properties: {} } } };

test.each([
  ["get", { content: json({ type: "object" }) }, undefined],
  ["head", { content: json({ type: "object" }), required: true }, undefined],
  ["delete", { content: emptyForm }, undefined],
  ["delete", { content: emptyForm, required: true }, true],
  ["delete", { content: json({ type: "object", properties: { a: {} } }) }, false],
  ["post", { content: emptyForm }, false],
  ["post", { content: {} }, undefined],
  ["put", { content: json({}), required: true }, true],
])("the body of a %s with %j is required: %j", (method, requestBody, want) => {
  expect(onlyOperation({ requestBody }, { method }).body?.required).toBe(want);
});

test("extensions beside paths and methods that clients lack are skipped", () => {
  const document = sampleDocument({
    paths: { "x-internal": { get: {} }, "/a": { trace: {}, get: {}, "x-get": {}, summary: "text" } },
  });
  expect(readNamed([document]).map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /a"]);
});
