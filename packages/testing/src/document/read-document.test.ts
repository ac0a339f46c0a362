import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { readDocument, readDocuments } from "./read-document.js";

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

test("readDocuments reads the JSON files of a folder in the order of their names, as `connectry pull --out` writes them", () => {
  const own = mkdtempSync(join(tmpdir(), "documents-"));
  for (const name of ["b", "a"])
    writeFileSync(join(own, `${name}.json`), JSON.stringify({ openapi: "3.1.0", info: { title: name }, paths: {} }));
  writeFileSync(join(own, "notes.txt"), "no document");
  const titles = (source: string | URL) => readDocuments(source).map(({ info }) => (info as { title: string }).title);
  expect(titles(own)).toEqual(["a", "b"]);
  expect(titles(pathToFileURL(own))).toEqual(["a", "b"]);
});

test("readDocuments names the command that fills a folder without documents", () => {
  const empty = mkdtempSync(join(tmpdir(), "documents-"));
  expect(() => readDocuments(empty)).toThrow(
    `folder ${empty} has no documents: write them with \`connectry pull --out\``,
  );
});
