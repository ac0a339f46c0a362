import ts from "typescript";
import ts56 from "typescript-5.6";
import { beforeAll, describe, expect, test } from "vitest";
import { everyConstruct, everyProfile, everyProgram } from "../../test/every-construct.js";
import { TYPE_CLIENT } from "../../test/type-client.js";
import { findTypeErrors } from "./check/find-type-errors.js";
import { type GenerateOutput, generate } from "./generate.js";

let output: GenerateOutput;
let program: Map<string, string>;
beforeAll(async () => {
  output = await generate({
    provider: "acme",
    profile: everyProfile,
    documents: [{ name: "acme", origin: "acme.json", json: everyConstruct }],
  });
  program = new Map([...output.files, ["client.ts", TYPE_CLIENT], ["program.ts", everyProgram]]);
});

describe.each([
  ["5.6", ts56 as unknown as typeof ts],
  ["5.9", ts],
])("TypeScript %s", (version, compiler) => {
  test.each([true, false])(
    `every construct compiles with exactOptionalPropertyTypes: %s`,
    (exactOptionalPropertyTypes) => {
      expect(compiler.version).toMatch(new RegExp(`^${version}\\.`));
      const lib = ["lib.es2022.d.ts", "lib.dom.d.ts"];
      expect(findTypeErrors(program, { compiler, compilerOptions: { exactOptionalPropertyTypes, lib } })).toEqual([]);
    },
  );
});

test("a client compiles by itself, without the declarations of a platform", () => {
  expect(findTypeErrors(output.files)).toEqual([]);
});

test("a client has a schema module per document, the index, operations, facts and strategies", () => {
  expect([...output.files.keys()]).toEqual([
    "schemas/acme.ts",
    "paths.ts",
    "schema.ts",
    "types.ts",
    "operations.ts",
    "by-path.ts",
    "facts.ts",
    "strategies.ts",
  ]);
  expect(output.operations).toBe(11);
});

test("operations have the document's text and its deprecations as comments", () => {
  const operations = output.files.get("operations.ts");
  expect(operations).toContain(
    '/** Lists items. */\nexport const ItemsList = { method: "GET", path: "/items" } as const;',
  );
  expect(operations).toContain("/** @deprecated */\nexport const ItemsCreate =");
});

test("paths have the texts of their operations as comments, and are deprecated where all of them are", () => {
  const byPath = output.files.get("by-path.ts");
  expect(byPath).toContain(`
  /**
   * GET: Lists items.
   *
   * POST (deprecated):
   */
  readonly "/items": {
    /** Lists items. */
    readonly GET: PathMethod<AcmeGetPaths["/items"]>;
    /** @deprecated */
    readonly POST: PathMethod<AcmePostPaths["/items"]>;
`);
});

test("the same input gives the same bytes, and does not change", async () => {
  const before = JSON.stringify(everyConstruct);
  const again = await generate({
    provider: "acme",
    profile: everyProfile,
    documents: [{ name: "acme", origin: "acme.json", json: everyConstruct }],
  });
  expect([...again.files]).toEqual([...output.files]);
  expect(again.surface).toBe(output.surface);
  expect(JSON.stringify(everyConstruct)).toBe(before);
});

test("a document that contradicts itself is reported with the location in the document", async () => {
  // A schema that is one of two alternatives, of which one is itself.
  const json = {
    ...everyConstruct,
    components: {
      schemas: {
        Value: { oneOf: [{ type: "string" }, { $ref: "#/components/schemas/Value" }] },
      },
    },
    paths: { "/a": { get: {} } },
  };
  const { files } = await generate({
    provider: "acme",
    profile: everyProfile,
    documents: [{ name: "acme", origin: "acme.json", json }],
  });
  expect(findTypeErrors(files)).toEqual([
    expect.stringMatching(
      /^schemas\/acme\.ts, line \d+ \(#\/components\/schemas\/Value\): Type alias 'Value' circularly references itself/,
    ),
  ]);
});

test("a provider without documents is rejected, and operations without ids give a warning", async () => {
  await expect(generate({ provider: "acme", profile: everyProfile, documents: [] })).rejects.toThrow(
    /Provider "acme" has no documents/,
  );
  expect(output.warnings).toEqual([
    'Document "acme": 1 operation has no operationId; its name is derived from method and path.',
  ]);
});
