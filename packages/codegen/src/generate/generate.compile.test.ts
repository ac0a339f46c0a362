import ts from "typescript";
import ts56 from "typescript-5.6";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { findTypeErrors } from "./check/find-type-errors.js";
import { type GenerateOutput, generate } from "./generate.js";
import { everyConstruct, everyProfile, everyProgram } from "./testing/every-construct.js";
import { TYPE_CLIENT } from "./testing/type-client.js";

// A compiler takes a second, and more beside other tests.
vi.setConfig({ testTimeout: 60_000 });

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
    `compiles every construct, with exactOptionalPropertyTypes: %s`,
    (exactOptionalPropertyTypes) => {
      expect(compiler.version).toMatch(new RegExp(`^${version}\\.`));
      expect(findTypeErrors(program, { compiler, compilerOptions: { exactOptionalPropertyTypes } })).toEqual([]);
    },
  );
});

test("writes a schema module a document, the index, the operations, the facts and the strategies", () => {
  expect([...output.files.keys()]).toEqual([
    "schemas/acme.ts",
    "paths.ts",
    "operations.ts",
    "facts.ts",
    "strategies.ts",
  ]);
  expect(output.operations).toBe(11);
});

test("the operations carry the document's text and its deprecations", () => {
  const operations = output.files.get("operations.ts");
  expect(operations).toContain(
    '/** Lists items. */\nexport const ItemsList = { method: "GET", path: "/items" } as const;',
  );
  expect(operations).toContain("/** @deprecated */\nexport const ItemsCreate =");
});

test("the same input gives the same bytes, and is left as it was", async () => {
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

test("a document that contradicts itself is told with its place in the document", async () => {
  // Vercel's document: of type null, and a list of itself.
  const json = {
    ...everyConstruct,
    components: {
      schemas: {
        Value: {
          type: "null",
          oneOf: [{ type: "object" }, { type: "array", items: { $ref: "#/components/schemas/Value" } }],
        },
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
      /^schemas\/acme\.ts, line \d+ \(#\/components\/schemas\/Value\): 'Value' is referenced directly or indirectly/,
    ),
  ]);
});

test("no documents, or operations without ids, are told", async () => {
  await expect(generate({ provider: "acme", profile: everyProfile, documents: [] })).rejects.toThrow(
    /Provider "acme" has no documents/,
  );
  expect(output.warnings).toEqual([
    'Document "acme": 1 operation has no operationId; its name comes from method and path.',
  ]);
});
