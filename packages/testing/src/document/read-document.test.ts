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

test("reads a parsed document, a path and a file URL", () => {
  const document = { openapi: "3.1.0", paths: {} };
  const path = file("good.json", JSON.stringify(document));
  expect(readDocument(document)).toBe(document);
  expect(readDocument(path)).toEqual(document);
  expect(readDocument(pathToFileURL(path))).toEqual(document);
});

test.each([
  [
    () => readDocument(join(folder, "none.json")),
    /The document .*none\.json cannot be read\. Give the path of a JSON file, or the parsed document\./,
  ],
  [() => readDocument(file("a.yaml", "openapi: 3.0.0")), /a\.yaml is not JSON\. If it is YAML, parse it first/],
  [
    () => readDocument({ swagger: "2.0", paths: {} }),
    "The document says 2.0; a fake provider is made from OpenAPI 3.0 or 3.1.",
  ],
  [() => readDocument({ openapi: "3.2.0", paths: {} }), "The document says 3.2.0"],
  [() => readDocument({ openapi: "3.0.0" }), "The document has no paths, so there is nothing to answer."],
  [() => readDocument([]), "The document is not an object, so it is no OpenAPI document."],
])("refuses what is no document, and says why (%#)", (read, message) => {
  expect(read).toThrow(message);
});
