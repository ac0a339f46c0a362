import { expect, test } from "vitest";
import { loadedDocument, onlyOperation, readNamed, readProfile } from "../../../test/sample-input.js";
import { collectFacts } from "./collect-facts.js";
import { readDocumentServers } from "./document-servers.js";
import { findPages } from "./find-pages.js";

function factsOf(
  operation: object,
  at: Parameters<typeof onlyOperation>[1] = {},
  fields: Record<string, unknown> = {},
) {
  const profile = readProfile({ origins: ["https://files.acme.test"], ...fields });
  const found = onlyOperation(operation as Record<string, unknown>, at, profile);
  return Object.values(
    collectFacts({ documents: [found.document], operations: [found], pages: [], profile }).operations,
  )[0];
}
const array = { type: "array", items: {} };
const verify = "https://verify.acme.test";
const parameter = (more: object) => ({ parameters: [{ name: "q", in: "query", schema: array, ...more }] });

test("an operation that does not differ from the profile has no facts", () => {
  expect(
    factsOf({ operationId: "list", ...parameter({}), servers: [{ url: "https://api.acme.test/" }] }),
  ).toBeUndefined();
});

test.each([
  ["https://files.acme.test", "https://files.acme.test"],
  ["https://files.acme.test/v2/", "https://files.acme.test/v2"],
  ["https://api.acme.test/other", "https://api.acme.test/other"],
  ["https://API.acme.test:443", undefined],
  ["https://{host}.acme.test", "https://files.acme.test"],
  ["/v2", "https://api.acme.test/v2"],
])("an operation with the server %s has the server fact %j", (url, server) => {
  expect(factsOf({ servers: [{ url, variables: { host: { default: "files" } } }] })).toEqual(server && { server });
});

test.each([
  "https://evil.test",
  "http://api.acme.test",
  "https://user:pass@files.acme.test",
  "https://{unknown}.test",
  "javascript:alert(1)",
  "//evil.test",
])("the server %s, which the profile does not allow, throws an error that names the operation", (url) => {
  expect(() => factsOf({ servers: [{ url }] })).toThrow(
    /^GET \/a is served from .*, which the profile "acme" does not allow\./,
  );
});

test("an operation that is served from one of the environments has no server fact", () => {
  const environments = { live: {}, sandbox: { baseUrl: "https://sandbox.acme.test/v1" } };
  const facts = (...urls: string[]) => factsOf({ servers: urls.map((url) => ({ url })) }, {}, { environments });
  expect(facts("https://sandbox.acme.test/v1", "https://api.acme.test")).toBeUndefined();
  expect(facts("https://sandbox.acme.test/v1")).toBeUndefined();
  expect(() => facts("https://sandbox.acme.test/v2")).toThrow(/does not allow/);
});

test("a document that names the server of another environment goes to all of them, without a warning", () => {
  const profile = readProfile({ environments: { live: {}, sandbox: { baseUrl: "https://sandbox.acme.test" } } });
  const document = loadedDocument({ servers: [{ url: "https://sandbox.acme.test/" }], paths: { "/a": { get: {} } } });
  const servers = readDocumentServers([document], profile);
  expect([servers.warnings, servers.serverOf(document)]).toEqual([[], undefined]);
});

test("the server of a document is used only if another document is served from the base URL", () => {
  const profile = readProfile({ origins: [verify] });
  const document = (name: string, url: string) =>
    loadedDocument({ servers: [{ url }], paths: { [`/${name}/a`]: { get: {} }, [`/${name}/b`]: { get: {} } } }, name);
  const factsAndWarnings = (...documents: ReturnType<typeof document>[]) => {
    const { servers } = collectFacts({ documents, operations: readNamed(documents), pages: [], profile });
    return [servers, readDocumentServers(documents, profile).warnings];
  };
  const base = document("base", "https://api.acme.test/");
  expect(factsAndWarnings(base, document("two", `${verify}/v1`))).toEqual([{ "/two/": `${verify}/v1` }, []]);
  expect(factsAndWarnings(document("two", `${verify}/v1`))).toEqual([
    undefined,
    [`Document "two" names the server ${verify}/v1, but its calls go to https://api.acme.test, the profile's baseUrl.`],
  ]);
  const [servers, warnings] = factsAndWarnings(base, document("two", "http://sandbox.acme.test"));
  expect([servers, warnings]).toEqual([undefined, [expect.stringMatching(/names the server http:\/\/sandbox/)]]);
  expect(factsAndWarnings(base)).toEqual([undefined, []]);
});

const body = (...mediaTypes: string[]) => ({
  requestBody: {
    content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: "object" } }])),
  },
});

test.each([
  ["json", ["application/json"], undefined],
  ["json", ["multipart/form-data"], "multipart"],
  ["json", ["application/*"], undefined],
  ["json", ["image/*"], "raw"],
  ["form-brackets", ["application/json"], "json"],
  ["form-brackets", ["application/x-www-form-urlencoded"], undefined],
  ["json", ["application/x-www-form-urlencoded"], "form-repeat"],
])("with the body form %s in the profile, a body of %j has the fact %j", (form, mediaTypes, want) => {
  expect(factsOf(body(...mediaTypes), { method: "post" }, { body: form })).toEqual(want && { body: want });
});

test.each([
  ["repeat", {}, undefined],
  ["repeat", { explode: false }, "comma"],
  ["repeat", { style: "spaceDelimited" }, "space"],
  ["repeat", { style: "pipeDelimited" }, "pipe"],
  ["repeat", { style: "pipeDelimited", explode: true }, undefined],
  ["repeat", { style: "deepObject" }, "brackets"],
  ["repeat", { explode: false, schema: { type: "string" } }, undefined],
  ["repeat", { explode: false, schema: { anyOf: [{ type: "string" }, array] } }, "comma"],
  ["repeat", { explode: false, schema: { type: ["array", "null"] } }, "comma"],
  ["repeat", { schema: undefined, content: { "application/json": { schema: { type: "object" } } } }, "json"],
  ["brackets", {}, "repeat"],
  ["brackets", { style: "deepObject" }, undefined],
  ["comma", { explode: false }, undefined],
])("with the query style %s in the profile, a parameter with %j has the fact %j", (query, declared, want) => {
  expect(factsOf(parameter(declared), {}, { query })).toEqual(want && { query: { q: want } });
});

// Resend declares `Idempotency-Key` on 2 of its writes, WorkOS on 1: https://resend.com/docs/dashboard/emails/idempotency-keys,
// https://workos.com/docs/reference/audit-logs/event/create
test.each([
  ["post", "Idempotency-Key", [], { safety: "idempotent-with-key" }],
  ["post", "idempotency-key", ["POST"], undefined],
  ["post", "X-Other", [], undefined],
  ["get", "Idempotency-Key", [], undefined],
])("a %s that declares the header %s, where the profile has the methods %j, has the facts %j", (...row) => {
  const [method, name, methods, want] = row;
  const parameters = [{ name, in: "header", schema: { type: "string" } }];
  expect(factsOf({ parameters }, { method }, { idempotency: { header: "idempotency-key", methods } })).toEqual(want);
});

test.each([
  ["post", "safe", "safe"],
  ["post", "unsafe", "unsafe"],
  ["post", "idempotent-with-key", undefined],
  ["patch", "unsafe", undefined],
  ["get", "safe", undefined],
  ["put", "idempotent", undefined],
  ["put", "unsafe", "unsafe"],
  ["put", "idempotent-with-key", "idempotent-with-key"],
])("a %s with the safety %s in the overlay has the safety fact %j", (method, declared, want) => {
  const idempotency = { header: "idempotency-key", methods: ["POST"] };
  expect(factsOf({ "x-connectry-safety": declared }, { method }, { idempotency })).toEqual(want && { safety: want });
});

test("a safety that does not exist throws an error that lists the valid ones", () => {
  expect(() => factsOf({ "x-connectry-safety": "maybe" })).toThrow(
    /GET \/a: x-connectry-safety must be one of safe, idempotent, idempotent-with-key, unsafe, got "maybe"/,
  );
});

test("a bucket in the overlay is a fact", () => {
  expect(factsOf({ "x-connectry-bucket": "search" })).toEqual({ bucket: "search" });
});

test("a list in the first style has no facts; another list has facts about method, style and items", () => {
  const pagination = [
    { kind: "link-header", items: [] },
    { kind: "cursor", items: ["results"], from: { body: ["after"] }, into: { in: "body", name: "after" } },
  ];
  const page = (schema: object) => ({ responses: { 200: { content: { "application/json": { schema } } } } });
  const get = (schema: object) => ({ get: { parameters: [{ name: "page", in: "query" }], ...page(schema) } });
  const searchBody = { content: { "application/json": { schema: { type: "object", properties: { after: {} } } } } };
  const paths = {
    "/bare": get(array),
    "/wrapped": get({ type: "object", properties: { runs: array } }),
    "/search": {
      post: { requestBody: searchBody, ...page({ type: "object", properties: { results: array, after: {} } }) },
    },
  };
  const profile = readProfile({ pagination });
  const operations = readNamed([loadedDocument({ paths })]);
  const pages = findPages(operations, profile);
  expect(collectFacts({ documents: [], operations, pages, profile }).pages).toEqual({
    "/search": { method: "POST", style: 1 },
    "/wrapped": { items: ["runs"] },
  });
});

test("with items by path, a list whose client finds the items has no facts", () => {
  const runs = { type: "object", properties: { runs: array, check_runs: array } };
  const get = (schema: object) => ({
    get: {
      parameters: [{ name: "page", in: "query" }],
      responses: { 200: { content: { "application/json": { schema } } } },
    },
  });
  const only = { type: "object", properties: { check_runs: array } };
  const named = { type: "object", properties: { check_runs: array, summary: { type: "string" } } };
  const paths = { "/bare": get(array), "/check-runs": get(runs), "/runs/{id}/all": get(only), "/summary": get(named) };
  const profile = readProfile({ pagination: [{ kind: "link-header", items: "by-path" }] });
  const operations = readNamed([loadedDocument({ paths })]);
  const pages = findPages(operations, profile);
  expect(collectFacts({ documents: [], operations, pages, profile }).pages).toEqual({
    "/summary": { items: ["check_runs"] },
  });
});

test("the version is that of the first document", () => {
  const version = (value: unknown) => {
    const documents = [loadedDocument({ info: { version: value } }), loadedDocument({}, "b")];
    return collectFacts({ documents, operations: [], pages: [], profile: readProfile() }).version;
  };
  expect(version("2024-04-10")).toBe("2024-04-10");
  expect(version(3)).toBe("3");
  expect(version(undefined)).toBe("");
});

/** The facts of several writes with a body in JSON of these media types. */
function factsOfWrites(types: readonly string[], fields: Record<string, unknown> = {}, schema: object = {}) {
  const profile = readProfile(fields);
  const paths = types.map((type, index) => [
    `/${index}`,
    { post: { requestBody: { content: { [type]: { schema } } }, responses: {} } },
  ]);
  const document = loadedDocument({ paths: Object.fromEntries(paths) }, "acme");
  return collectFacts({ documents: [document], operations: readNamed([document]), pages: [], profile });
}

test.each([
  // Klaviyo, whose bodies are all of one type, and Box, of whose bodies few are JSON Patch:
  // https://developers.klaviyo.com/en/reference/api_overview#request, https://developer.box.com/reference/put-files-id-metadata-id-id/
  [["application/vnd.api+json", "application/vnd.api+json"], "application/vnd.api+json", {}],
  [
    ["application/vnd.api+json", "application/json", "application/vnd.api+json"],
    "application/vnd.api+json",
    { "POST /1": { contentType: "application/json" } },
  ],
  [
    ["application/json", "application/json-patch+json", "application/json"],
    undefined,
    { "POST /1": { contentType: "application/json-patch+json" } },
  ],
])("the media type of most JSON bodies of %j is said once", (types, contentType, operations) => {
  const facts = factsOfWrites(types);
  expect(facts.contentType).toBe(contentType);
  expect(facts.operations).toEqual(operations);
});

test("a write whose body has the field of the idempotency key is deduplicated, and no other", () => {
  const idempotency = { field: "idempotency_key", methods: [] };
  const body = (field: string) => ({ type: "object", properties: { [field]: { type: "string" } } });
  const safety = (field: string) => factsOfWrites(["application/json"], { idempotency }, body(field)).operations;
  expect(safety("idempotency_key")).toEqual({ "POST /0": { safety: "idempotent-with-key" } });
  expect(safety("key")).toEqual({});
});

test.each<[string, object, object | undefined]>([
  ["has the member alone", { data: { type: "object" } }, undefined],
  ["has what a caller can do without", { data: array, next_page: {} }, undefined],
  ["has more", { data: array, sync: { type: "string" } }, { envelope: false }],
  ["lacks the member", { id: { type: "string" } }, { envelope: false }],
])("an operation whose success %s is in the envelope, or has the fact that it is not", (_, properties, facts) => {
  const content = { "application/json": { schema: { type: "object", properties } } };
  const envelope = { field: "data", beside: ["next_page"] };
  expect(factsOf({ responses: { 200: { content } } }, {}, { envelope })).toEqual(facts);
  expect(factsOf({ responses: { 200: { content } } })).toBeUndefined();
});

test("an operation of which one success is not in the envelope has the fact that it is not", () => {
  const wrapped = { content: { "application/json": { schema: { properties: { data: {} } } } } };
  const csv = { content: { "text/csv": { schema: { type: "string" } } } };
  const envelope = { field: "data" };
  expect(factsOf({ responses: { 200: wrapped, 204: {} } }, {}, { envelope })).toBeUndefined();
  expect(factsOf({ responses: { 200: wrapped, 206: csv } }, {}, { envelope })).toMatchObject({ envelope: false });
  expect(factsOf({ responses: { 204: {} } }, {}, { envelope })).toEqual({ envelope: false });
});
