import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { readDocument } from "./read-document.js";

const folder = mkdtempSync(join(tmpdir(), "connectry-"));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("readDocument accepts a parsed document, a path and a file URL", () => {
  const document = { openapi: "3.1.0", paths: {} };
  const path = file("good.json", JSON.stringify(document));
  expect(readDocument(document)).toBe(document);
  expect(readDocument(path)).toEqual(document);
  expect(readDocument(pathToFileURL(path))).toEqual(document);
});

test.each([
  [
    () => readDocument(join(folder, "none.json")),
    /cannot read document .*none\.json: pass the path of a JSON file, or the parsed document/,
  ],
  [() => readDocument(file("a.yaml", "openapi: 3.0.0")), /a\.yaml is not JSON: parse a YAML document first/],
  [() => readDocument({ swagger: "2.0", paths: {} }), "the document must be OpenAPI 3.0 or 3.1, got 2.0"],
  [() => readDocument({ openapi: "3.2.0", paths: {} }), "the document must be OpenAPI 3.0 or 3.1, got 3.2.0"],
  [() => readDocument({ openapi: "3.0.0" }), "the document has no operations: `paths` is missing"],
  [() => readDocument([]), "the document is not an OpenAPI document: expected an object"],
])("readDocument throws an error that names the reason for anything else (%#)", (read, message) => {
  expect(read).toThrow(message);
});
