import { expect, test } from "vitest";
import { onlyOperation, readNamed, readProfile, sampleDocument } from "../testing/sample-input.js";
import { collectFacts } from "./collect-facts.js";
import { findPages } from "./find-pages.js";
import { serverWarning } from "./own-server.js";

function factsOf(
  operation: object,
  at: Parameters<typeof onlyOperation>[1] = {},
  fields: Record<string, unknown> = {},
) {
  const profile = readProfile({ origins: ["https://files.acme.test"], ...fields });
  const found = onlyOperation(operation as Record<string, unknown>, at, profile);
  return Object.values(collectFacts([found.document], [found], [], profile).operations)[0];
}
const array = { type: "array", items: {} };
const parameter = (more: object) => ({ parameters: [{ name: "q", in: "query", schema: array, ...more }] });

test("an operation that does as the profile says has no facts", () => {
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
])("the server %s of an operation is the fact %j", (url, server) => {
  expect(factsOf({ servers: [{ url, variables: { host: { default: "files" } } }] })).toEqual(server && { server });
});

test.each([
  "https://evil.test",
  "http://api.acme.test",
  "https://user:pass@files.acme.test",
  "https://{unknown}.test",
  "javascript:alert(1)",
  "//evil.test",
])("the server %s, which the profile does not allow, is an error that names the operation", (url) => {
  expect(() => factsOf({ servers: [{ url }] })).toThrow(
    /^GET \/a is served from .*, which the profile "acme" does not allow\./,
  );
});

test("the server of a whole document counts where the profile allows it, and is a warning where not", () => {
  const profile = readProfile({ origins: ["https://files.acme.test"] });
  const document = (url: string) => sampleDocument({ servers: [{ url }], paths: { "/a": { get: {} } } });
  const facts = (url: string) => collectFacts([document(url)], readNamed([document(url)]), [], profile).operations;
  expect(facts("https://files.acme.test/v1")).toEqual({ "GET /a": { server: "https://files.acme.test/v1" } });
  expect(facts("http://sandbox.acme.test")).toEqual({});
  expect(serverWarning(document("http://sandbox.acme.test"), profile)).toMatch(
    /names the server http:\/\/sandbox.acme.test; calls go to https:\/\/api.acme.test/,
  );
  expect(serverWarning(document("https://api.acme.test/"), profile)).toBeUndefined();
});

const body = (...mediaTypes: string[]) => ({
  requestBody: {
    content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: "object" } }])),
  },
});

test.each([
  ["json", ["application/json"], undefined],
  ["json", ["multipart/form-data"], "multipart"],
  ["json", ["application/octet-stream"], "raw"],
  ["form-brackets", ["application/json"], "json"],
  ["form-brackets", ["application/x-www-form-urlencoded"], undefined],
  ["json", ["application/x-www-form-urlencoded"], "form-repeat"],
])("with %s as the profile's form, a body of %j is the fact %j", (form, mediaTypes, want) => {
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
])("with %s as the profile's style, a query parameter with %j is the fact %j", (query, declared, want) => {
  expect(factsOf(parameter(declared), {}, { query })).toEqual(want && { query: { q: want } });
});

test("path parameters with slashes of their own are named", () => {
  const parameters = [
    { name: "path", in: "path", "x-multi-segment": true },
    { name: "repo", in: "path" },
  ];
  expect(factsOf({ parameters }, { path: "/{repo}/{path}" })).toEqual({ multiSegment: ["path"] });
});

test.each([
  ["post", "safe", "safe"],
  ["post", "unsafe", "unsafe"],
  ["post", "keyed", undefined],
  ["patch", "unsafe", undefined],
  ["get", "safe", undefined],
  ["put", "idempotent", undefined],
  ["put", "unsafe", "unsafe"],
])("a %s that the overlay calls %s is the fact %j", (method, declared, want) => {
  const idempotency = { header: "idempotency-key", methods: ["POST"] };
  expect(factsOf({ "x-connectry-safety": declared }, { method }, { idempotency })).toEqual(want && { safety: want });
});

test("a safety that is none is an error that says which there are", () => {
  expect(() => factsOf({ "x-connectry-safety": "maybe" })).toThrow(
    /GET \/a: x-connectry-safety must be one of safe, idempotent, keyed, unsafe, and is "maybe"/,
  );
});

test("a bucket from the overlay is kept", () => {
  expect(factsOf({ "x-connectry-bucket": "search" })).toEqual({ bucket: "search" });
});

test("lists that do as the first style are no facts; others tell method, style and items", () => {
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
    "/search": { post: { requestBody: searchBody, ...page({ type: "object", properties: { results: array } }) } },
  };
  const profile = readProfile({ pagination });
  const operations = readNamed([sampleDocument({ paths })]);
  expect(collectFacts([], operations, findPages(operations, profile), profile).pages).toEqual({
    "/search": { method: "POST", style: 1 },
    "/wrapped": { items: ["runs"] },
  });
});

test("the version is the first document's", () => {
  const version = (value: unknown) =>
    collectFacts([sampleDocument({ info: { version: value } }), sampleDocument({}, "b")], [], [], readProfile())
      .version;
  expect(version("2024-04-10")).toBe("2024-04-10");
  expect(version(3)).toBe("3");
  expect(version(undefined)).toBe("");
});
