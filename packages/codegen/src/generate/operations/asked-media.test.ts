import { expect, test } from "vitest";
import { loadedDocument, readNamed, readProfile } from "../../../test/sample-input.js";
import { collectFacts } from "../facts/collect-facts.js";

const body = (...types: string[]) => ({
  description: "",
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: "object" } }])),
});

/** What the facts say of `Accept`: for all operations, and for single ones. */
function acceptFacts(paths: Record<string, unknown>) {
  const document = loadedDocument({ paths });
  const facts = collectFacts({
    documents: [document],
    operations: readNamed([document]),
    pages: [],
    profile: readProfile(),
  });
  const own = Object.entries(facts.operations).filter(([, { accept }]) => accept !== undefined);
  return [facts.accept, Object.fromEntries(own.map(([key, { accept }]) => [key, accept]))];
}

test("an operation is asked for the types of its response, and JSON where it has several", () => {
  const get = (...types: string[]) => ({ get: { responses: { 200: body(...types) } } });
  expect(
    acceptFacts({
      "/json": get("application/json"),
      "/both": get("text/csv", "application/json; charset=utf-8"),
      "/vendor": get("application/vnd.acme+json", "text/csv"),
      "/csv": get("text/csv"),
      "/files": get("image/png", "image/*"),
    }),
  ).toEqual([
    undefined,
    { "GET /csv": "text/csv", "GET /files": "image/png, image/*", "GET /vendor": "application/vnd.acme+json" },
  ]);
});

test("an operation without a body in its response is asked for what most are, or for what the document has there", () => {
  // As in the document of Amazon S3, where all is XML, HEAD and 204 included.
  const xml = { responses: { 200: body("text/xml") } };
  const paths = {
    "/a": { get: xml, put: xml, head: xml, delete: { responses: { 204: body("text/xml") } } },
    "/b": { get: xml, delete: { responses: { 204: { description: "" } } } },
    "/c": { head: { responses: { 200: { description: "" } } }, get: { responses: { 200: body("application/json") } } },
  };
  expect(acceptFacts(paths)).toEqual(["text/xml", { "GET /c": "application/json" }]);
});

test("a HEAD is asked for what its document has, which is that of a GET", () => {
  // RFC 9110, section 9.3.2.
  expect(acceptFacts({ "/a": { head: { responses: { 200: body("text/xml") } } }, "/b": {}, "/c": {} })).toEqual([
    "text/xml",
    {},
  ]);
  const json = { get: { responses: { 200: body("application/json") } } };
  expect(acceptFacts({ "/a": { head: { responses: { 200: body("text/xml") } } }, "/b": json, "/c": json })).toEqual([
    undefined,
    { "HEAD /a": "text/xml" },
  ]);
});
