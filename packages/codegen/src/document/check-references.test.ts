import { expect, test } from "vitest";
import { checkReferences } from "./check-references.js";
import { walkReferences } from "./walk-references.js";

const withSchema = (schema: unknown, components: Record<string, unknown> = {}) => ({
  openapi: "3.1.0",
  paths: { "/pets": { get: { responses: { default: { content: { "application/json": { schema } } } } } } },
  components: { schemas: { Pet: { type: "object" } }, ...components },
});
const at = "#/paths/~1pets/get/responses/default/content/application~1json/schema";
const check = (document: Record<string, unknown>) => () => checkReferences(document, "acme.json");

test("a reference that cannot be resolved is reported with its file, target and position", () => {
  expect(check(withSchema({ $ref: "#/components/schemas/Pte" }))).toThrow(
    `acme.json is broken: 1 $ref cannot be resolved.\n  #/components/schemas/Pte does not exist  (from ${at})\n`,
  );
});

test("a reference to another file is rejected with advice to bundle the document", () => {
  expect(check(withSchema({ $ref: "models/pet.yml#/Pet" }))).toThrow(
    new RegExp(
      `^acme\\.json is not complete: 1 \\$ref points to other files\\.\n  models/pet\\.yml#/Pet  \\(from ${at.replaceAll("/", "\\/")}\\)\n.*Bundle it`,
    ),
  );
});

test("a discriminator mapping to another file is rejected, as in DigitalOcean's document", () => {
  const discriminator = { propertyName: "type", mapping: { A: "models/records.yml#/a", B: "Pet" } };
  expect(check(withSchema({ discriminator }))).toThrow(
    /models\/records\.yml#\/a {2}\(from .*\/discriminator\/mapping\/A\)/,
  );
});

test("a message lists the first five broken references and counts the rest", () => {
  const anyOf = Array.from({ length: 12 }, (_, index) => ({ $ref: `#/components/schemas/Missing${index}` }));
  expect(check(withSchema({ anyOf }))).toThrow(
    /12 \$refs cannot be resolved[\s\S]*Missing0 does[\s\S]*Missing4 does[\s\S]*\.\.\. and 7 more/,
  );
});

test.each<[string, unknown, Record<string, unknown>?]>([
  ["a schema", { $ref: "#/components/schemas/Pet" }],
  ["the whole document", { $ref: "#" }],
  ["a path with escaped slashes", { $ref: "#/paths/~1pets/get" }],
  ["a percent-encoded name", { $ref: "#/components/schemas/P%65t" }],
  [
    "a target behind another reference",
    { $ref: "#/components/schemas/Alias/type" },
    { schemas: { Alias: { $ref: "#/components/schemas/Pet" }, Pet: { type: "object" } } },
  ],
])("a reference to %s is accepted", (_, schema, components) => {
  expect(check(withSchema(schema, components))).not.toThrow();
});

test("a schema may refer to itself", () => {
  const Tree = { properties: { children: { items: { $ref: "#/components/schemas/Tree" } } } };
  expect(check(withSchema({ $ref: "#/components/schemas/Tree" }, { schemas: { Tree } }))).not.toThrow();
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["only to itself", { A: { $ref: "#/components/schemas/A" } }, /schemas\/A refers to itself/],
  [
    "in a circle",
    { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } },
    /schemas\/B refers to itself/,
  ],
  [
    "to a reference that cannot be resolved",
    { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/C" } },
    /schemas\/B refers to #\/components\/schemas\/C, which does not exist/,
  ],
  ["to an anchor", { A: { $ref: "#pet" } }, /#pet is not a JSON Pointer/],
  ["into a prototype", { A: { $ref: "#/components/schemas/constructor" } }, /constructor does not exist/],
])("a schema may not refer %s", (_, schemas, message) => {
  expect(check(withSchema({ $ref: "#/components/schemas/A" }, { schemas }))).toThrow(message);
});

test("a $ref in an example, a default or an enum value is not a reference", () => {
  const free = { $ref: "nowhere.json" };
  const schema = {
    type: "object",
    example: free,
    default: free,
    enum: [free],
    const: free,
    examples: [free],
    "x-note": free,
  };
  expect(check(withSchema(schema, { examples: { one: { value: free } } }))).not.toThrow();
});

test("references are found in properties, responses and schemas that are named like a keyword", () => {
  const document = withSchema(
    {
      properties: {
        default: { $ref: "#/a" },
        example: { properties: { properties: { $ref: "#/b" } } },
        $ref: { type: "string" },
      },
    },
    { schemas: { enum: { $ref: "#/c" }, "x-own": { $ref: "#/d" } }, examples: { value: { $ref: "#/e" } } },
  );
  expect([...walkReferences(document)].map(({ target }) => target)).toEqual(["#/a", "#/b", "#/c", "#/d", "#/e"]);
});

test("references are found at any depth", () => {
  let schema: unknown = { $ref: "#/deep" };
  for (let depth = 0; depth < 20_000; depth += 1) schema = { not: schema };
  expect([...walkReferences(withSchema(schema))]).toHaveLength(1);
});
