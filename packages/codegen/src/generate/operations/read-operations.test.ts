import { expect, test } from "vitest";
import { loadedDocument, onlyOperation, readNamed, readProfile } from "../../../test/sample-input.js";

const query = (name: string, more = {}) => ({ name, in: "query", schema: { type: "string" }, ...more });
const parametersOf = (operation: ReturnType<typeof onlyOperation>) =>
  operation.parameters.map(({ place, name, required }) => `${place} ${name}${required ? "" : "?"}`);

test("operations inherit parameters and servers from their path, and can override them", () => {
  const item = {
    parameters: [query("limit"), query("page")],
    servers: [{ url: "/path" }],
    get: { parameters: [query("page", { required: true })] },
  };
  const [operation] = readNamed([loadedDocument({ paths: { "/a": item } })]);
  expect(operation && parametersOf(operation)).toEqual(["query limit?", "query page"]);
  expect(operation?.servers).toEqual([{ url: "/path" }]);
});

test("references to paths and to parameters are resolved", () => {
  const components = {
    parameters: { Limit: query("limit") },
    pathItems: { A: { get: { parameters: [{ $ref: "#/components/parameters/Limit" }] } } },
  };
  const [operation] = readNamed([
    loadedDocument({ paths: { "/a": { $ref: "#/components/pathItems/A" } }, components }),
  ]);
  expect(operation && parametersOf(operation)).toEqual(["query limit?"]);
});

test.each([
  ["a placeholder that is not declared is a path parameter", { path: "/a/{id}", parameters: [] }, ["path id"]],
  [
    "a path parameter without a placeholder is dropped",
    { path: "/a", parameters: [{ name: "id", in: "path", required: true }] },
    [],
  ],
  [
    "a path parameter is required, whatever the document says",
    { path: "/a/{id}", parameters: [{ name: "id", in: "path" }] },
    ["path id"],
  ],
  ["cookies are parameters", { path: "/a", parameters: [{ name: "session", in: "cookie" }] }, ["cookie session?"]],
  [
    "headers of HTTP and of the credential are omitted",
    {
      path: "/a",
      parameters: ["Accept", "content-type", "Authorization", "X-Other"].map((name) => ({ name, in: "header" })),
    },
    ["header X-Other?"],
  ],
  ["two placeholders in one segment are two parameters", { path: "/{a}-{b}", parameters: [] }, ["path a", "path b"]],
])("%s", (_title, { path, parameters }, want) => {
  expect(parametersOf(onlyOperation({ parameters }, { path }))).toEqual(want);
});

test("callers do not pass the parameters that the profile makes the client send", () => {
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
])("whether the body of a %s with %j is required: %j", (method, requestBody, want) => {
  expect(onlyOperation({ requestBody }, { method }).body?.required).toBe(want);
});

test("extensions, and methods that clients do not have, are skipped", () => {
  const document = loadedDocument({
    paths: { "x-internal": { get: {} }, "/a": { trace: {}, get: {}, "x-get": {}, summary: "text" } },
  });
  expect(readNamed([document]).map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /a"]);
});
