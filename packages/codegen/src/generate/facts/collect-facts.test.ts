import { expect, test } from "vitest";
import { onlyOperation, readNamed, readProfile, sampleDocument } from "../testing/sample-input.js";
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
  return Object.values(collectFacts([found.document], [found], [], profile).operations)[0];
}
const array = { type: "array", items: {} };
const files = "https://files.acme.test";
const verify = "https://verify.acme.test";
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

test("the server of a document counts beside another that is served from the base URL", () => {
  const profile = readProfile({ origins: [verify] });
  const document = (name: string, url: string) =>
    sampleDocument({ servers: [{ url }], paths: { [`/${name}/a`]: { get: {} }, [`/${name}/b`]: { get: {} } } }, name);
  const factsAndWarnings = (...documents: ReturnType<typeof document>[]) => {
    const { servers } = collectFacts(documents, readNamed(documents), [], profile);
    return [servers, readDocumentServers(documents, profile).warnings];
  };
  const base = document("base", "https://api.acme.test/");
  expect(factsAndWarnings(base, document("two", `${verify}/v1`))).toEqual([{ "/two/": `${verify}/v1` }, []]);
  expect(factsAndWarnings(document("two", `${verify}/v1`))).toEqual([
    undefined,
    [`Document "two" names the server ${verify}/v1; its calls go to https://api.acme.test, as the profile says.`],
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

/** The facts of operations at these paths; a path parameter in capitals holds slashes of its own. */
function factsOfPaths(paths: Record<string, string | undefined>, fields: Record<string, unknown> = {}) {
  const profile = readProfile({ origins: ["https://files.acme.test", "https://verify.acme.test"], ...fields });
  const entries = Object.entries(paths).map(([path, server]) => {
    const parameters = [...path.matchAll(/\{([A-Z]+)\}/g)].map((match) => ({
      name: match[1],
      in: "path",
      "x-multi-segment": true,
    }));
    return [path, { get: { parameters, ...(server !== undefined && { servers: [{ url: server }] }) } }];
  });
  const document = sampleDocument({ paths: Object.fromEntries(entries) });
  return collectFacts([document], readNamed([document], profile), [], profile);
}

test.each([
  ["one that holds slashes everywhere is told once", ["/a/{REF}", "/b/{REF}/{id}"], ["REF"], {}],
  ["one that holds them nowhere is not told", ["/a/{ref}"], undefined, {}],
  ["each is told", ["/a/{REF}/{PATH}"], ["PATH", "REF"], {}],
])("path parameters: %s", (_title, paths, multiSegment, operations) => {
  const facts = factsOfPaths(Object.fromEntries(paths.map((path) => [path, undefined])));
  expect([facts.multiSegment, facts.operations]).toEqual([multiSegment, operations]);
});

test("a path parameter that mostly holds slashes is told once, and where it does not by operation", () => {
  const marked = { name: "ref", in: "path", "x-multi-segment": true };
  const paths = {
    "/a/{ref}": { get: { parameters: [marked] } },
    "/b/{ref}": { get: { parameters: [marked] } },
    "/c/{ref}": { get: {} },
  };
  const most = collectFacts([], readNamed([sampleDocument({ paths })]), [], readProfile());
  expect([most.multiSegment, most.operations]).toEqual([["ref"], { "GET /c/{ref}": { multiSegment: [] } }]);
  const few = { "/a/{ref}": { get: { parameters: [marked] } }, "/b/{ref}": { get: {} }, "/c/{ref}": { get: {} } };
  const rest = collectFacts([], readNamed([sampleDocument({ paths: few })]), [], readProfile());
  expect([rest.multiSegment, rest.operations]).toEqual([undefined, { "GET /a/{ref}": { multiSegment: ["ref"] } }]);
});

test.each([
  [
    "an API of its own is told by its path",
    { "/v2/a": verify, "/v2/b": verify, "/2010/a": undefined },
    { "/v2/": verify },
    {},
  ],
  [
    "a single operation by itself",
    { "/v1/files": files, "/v1/a": undefined },
    undefined,
    { "GET /v1/files": { server: files } },
  ],
  [
    "two APIs",
    { "/v1/a": files, "/v1/b": files, "/v2/a": verify, "/v2/b": verify },
    { "/v1/": files, "/v2/": verify },
    {},
  ],
  ["all operations", { "/a": files, "/b": files }, { "/": files }, {}],
  [
    "a path that begins like another is not below it",
    { "/a/x": files, "/a/y": files, "/ab": undefined },
    { "/a/": files },
    {},
  ],
  [
    "scattered operations by themselves",
    { "/a": files, "/ab": undefined, "/c": files, "/cd": undefined },
    undefined,
    { "GET /a": { server: files }, "GET /c": { server: files } },
  ],
])("servers: %s", (_title, paths, servers, operations) => {
  const facts = factsOfPaths(paths);
  expect([facts.servers, facts.operations]).toEqual([servers, operations]);
});

test.each([
  ["post", "safe", "safe"],
  ["post", "unsafe", "unsafe"],
  ["post", "keyed", undefined],
  ["patch", "unsafe", undefined],
  ["get", "safe", undefined],
  ["put", "idempotent", undefined],
  ["put", "unsafe", "unsafe"],
  ["put", "keyed", "keyed"],
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

test("lists whose items are where their path says, or the only ones of their page, are no facts", () => {
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
  const operations = readNamed([sampleDocument({ paths })]);
  const { pages } = collectFacts([], operations, findPages(operations, profile), profile);
  expect(pages).toEqual({ "/summary": { items: ["check_runs"] } });
});

test("the version is the first document's", () => {
  const version = (value: unknown) =>
    collectFacts([sampleDocument({ info: { version: value } }), sampleDocument({}, "b")], [], [], readProfile())
      .version;
  expect(version("2024-04-10")).toBe("2024-04-10");
  expect(version(3)).toBe("3");
  expect(version(undefined)).toBe("");
});
