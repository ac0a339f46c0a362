import { expect, test } from "vitest";
import { checkReferences } from "./check-references.js";
import { resolveAnchors } from "./resolve-anchors.js";

const document = (schemas: object) => ({ openapi: "3.1.0", paths: {}, components: { schemas } });
const refOf = (schemas: object) => {
  const resolved = resolveAnchors(document(schemas)) as { components: { schemas: Record<string, { $ref?: string }> } };
  checkReferences(resolved, "acme.json");
  return resolved.components.schemas.User?.$ref;
};

test.each<[title: string, schemas: object, pointer: string]>([
  ["an anchor", { Pet: { $anchor: "pet", type: "object" }, User: { $ref: "#pet" } }, "#/components/schemas/Pet"],
  [
    "an anchor inside of another schema",
    { Pet: { properties: { tag: { $anchor: "tag", type: "string" } } }, User: { $ref: "#tag" } },
    "#/components/schemas/Pet/properties/tag",
  ],
  [
    "an absolute address",
    { Pet: { $id: "https://acme.test/schemas/pet", type: "object" }, User: { $ref: "https://acme.test/schemas/pet" } },
    "#/components/schemas/Pet",
  ],
  [
    "a relative address",
    { Pet: { $id: "pet.json", type: "object" }, User: { $ref: "pet.json" } },
    "#/components/schemas/Pet",
  ],
  [
    "an address with a pointer",
    { Pet: { $id: "pet.json", properties: { tag: { type: "string" } } }, User: { $ref: "pet.json#/properties/tag" } },
    "#/components/schemas/Pet/properties/tag",
  ],
  [
    "an anchor of a schema with an address",
    { Pet: { $id: "pet.json", $defs: { tag: { $anchor: "tag" } } }, User: { $ref: "pet.json#tag" } },
    "#/components/schemas/Pet/$defs/tag",
  ],
])("a reference to %s becomes a pointer", (_, schemas, pointer) => {
  expect(refOf(schemas)).toBe(pointer);
});

test("a pointer inside of a schema with an address is one of this schema, where the document has no such place", () => {
  const Pet = { $id: "pet.json", $defs: { tag: { type: "string" } }, properties: { a: { $ref: "#/$defs/tag" } } };
  const resolved = resolveAnchors(document({ Pet }));
  expect(JSON.stringify(resolved)).toContain('"$ref":"#/components/schemas/Pet/$defs/tag"');
});

test("references to other files stay as they are, and the document is not changed", () => {
  const schemas = { Pet: { $anchor: "pet" }, User: { $ref: "other.json#pet" }, Owner: { $ref: "#pet" } };
  const before = document(schemas);
  const text = JSON.stringify(before);
  expect(JSON.stringify(resolveAnchors(before))).toContain('"$ref":"other.json#pet"');
  expect(JSON.stringify(before)).toBe(text);
  const plain = document({ Pet: {}, User: { $ref: "#/components/schemas/Pet" } });
  expect(resolveAnchors(plain)).toBe(plain);
});
