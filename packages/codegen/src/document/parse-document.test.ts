import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { CodegenError } from "../errors/codegen-error.js";
import { decodeDocument } from "./decode-document.js";
import { detectOtherFormat } from "./openapi-version.js";
import { parseDocument } from "./parse-document.js";

const paths = { "/pets": { get: {} } };

test.each(["3.0.0", "3.0.3", "3.1.0", "3.1.1", "3.1"])("OpenAPI %s is accepted", (openapi) => {
  expect(parseDocument(JSON.stringify({ openapi, paths }), "acme.json")).toEqual({ openapi, paths });
});

test("YAML is accepted, and its status codes become strings", () => {
  const yaml =
    "# Acme\nopenapi: 3.1.0\npaths:\n  /pets:\n    get:\n      responses:\n        200: { description: ok }\n";
  expect(parseDocument(yaml, "acme.yaml")).toEqual({
    openapi: "3.1.0",
    paths: { "/pets": { get: { responses: { "200": { description: "ok" } } } } },
  });
});

test("YAML that starts with a brace is accepted if the file name ends in .yaml", () => {
  expect(parseDocument("{ openapi: 3.1.0, paths: { /pets: { get: {} } } }", "acme.yaml")).toEqual({
    openapi: "3.1.0",
    paths,
  });
});

test("a byte order mark is not part of the document", async () => {
  const bytes = Buffer.concat([
    Buffer.from([0xef, 0xbb, 0xbf]),
    Buffer.from(JSON.stringify({ openapi: "3.0.0", paths })),
  ]);
  expect(parseDocument(await decodeDocument(bytes, "acme.json"), "acme.json")).toEqual({ openapi: "3.0.0", paths });
});

test("a source that ends in .gz is decompressed", async () => {
  expect(await decodeDocument(gzipSync("text"), "npm:acme@1.0.0/acme.json.gz")).toBe("text");
  await expect(decodeDocument(Buffer.from("text"), "acme.json.gz")).rejects.toThrow(
    "acme.json.gz ends in .gz but is not gzip data.",
  );
});

test("decompression of a gzip bomb stops at the limit", async () => {
  const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
  await expect(decodeDocument(bomb, "bomb.json.gz", 1024 * 1024)).rejects.toThrow(
    "bomb.json.gz (decompressed) is larger than 1 MB",
  );
});

test("bytes that are not UTF-8 text are rejected", async () => {
  await expect(decodeDocument(Buffer.from([0xff, 0xfe, 0x00]), "acme.json")).rejects.toThrow(
    "acme.json is not UTF-8 text",
  );
});

test.each<[string, string, RegExp]>([
  [
    "Swagger 2.0",
    JSON.stringify({ swagger: "2.0", paths }),
    /is Swagger 2\.0, .* Convert it first \(npx swagger2openapi/,
  ],
  [
    "OpenAPI 3.2",
    JSON.stringify({ openapi: "3.2.0", paths }),
    /is OpenAPI 3\.2\.0, newer than OpenAPI 3\.1\. OpenAPI 3\.0 and 3\.1 are supported/,
  ],
  ["OpenAPI with a number for a version", JSON.stringify({ openapi: 3, paths }), /has the OpenAPI version 3\./],
  [
    "a GraphQL schema",
    '# Acme\n"""\nA schema { of ours }\n"""\nschema {\n  query: Query\n}',
    /is a GraphQL schema\. Types are generated from OpenAPI/,
  ],
  [
    "a GraphQL schema that starts with a described type",
    '"""The end"""\ntype Pet implements Node {\n  id: ID!\n}',
    /is a GraphQL schema/,
  ],
  ["a GraphQL schema that starts with a directive", "directive @deprecated on FIELD\n", /is a GraphQL schema/],
  ["GraphQL introspection", JSON.stringify({ data: { __schema: {} } }), /is a GraphQL schema/],
  ["AsyncAPI", JSON.stringify({ asyncapi: "3.0.0" }), /is AsyncAPI/],
  ["an overlay", "overlay: 1.0.0\nactions: []", /is an OpenAPI Overlay\. Name it as the document's `overlay`/],
  ["a Postman collection", JSON.stringify({ info: { _postman_id: "1" }, item: [] }), /is a Postman collection/],
  ["Google discovery", JSON.stringify({ kind: "discovery#restDescription" }), /is a Google API discovery document/],
  ["a JSON Schema", JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema" }), /is a JSON Schema/],
  ["an HTML page", "<!DOCTYPE html><html></html>", /is an HTML page/],
  ["XML", '<?xml version="1.0"?><wsdl/>', /is XML/],
  ["RAML", "#%RAML 1.0\ntitle: x", /is RAML/],
  ["an empty text", " \n", /is empty/],
  ["any JSON", '{"a":1}', /it has no field "openapi"/],
  ["a list", "[]", /it contains a list, not an object/],
  ["a sentence", "Not found", /it contains a string, not an object/],
  ["OpenAPI without paths", JSON.stringify({ openapi: "3.1.0", webhooks: {} }), /describes no paths/],
  ["broken JSON", '{ "openapi": ', /acme:1:\d+ is not valid JSON/],
])("the message for %s names its format", (_, text, message) => {
  const parse = () => parseDocument(text, "acme");
  expect(parse).toThrow(message);
  expect(parse).toThrow(CodegenError);
});

test("a text of a million quotes has no known format, also where they are in 100,000 lines", () => {
  expect(detectOtherFormat('""'.repeat(500_000))).toBeUndefined();
  expect(detectOtherFormat('"""a"""\n'.repeat(100_000))).toBeUndefined();
});
