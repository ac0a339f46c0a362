import { expect, test } from "vitest";
import { type PetsDocument, petsDocument } from "../../../test/diff-pair.js";
import { tempFolder } from "../../../test/temp-folder.js";
import { compareDocuments } from "../compare-documents.js";
import { findCallSites } from "./find-call-sites.js";

const text = { type: "string" };
const query = (name: string, required = false) => ({ name, in: "query", required, schema: text });
/** The old and the new document. */
interface Pair {
  readonly old: PetsDocument;
  readonly current: PetsDocument;
}

const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });

/** The call sites that are found in a source, as `file:line:column certainty rule`. */
async function sitesOf(code: string, { old, current }: Pair): Promise<string[]> {
  const cwd = await tempFolder({ "src/deep/app.ts": code, "src/app.test.js": code, "node_modules/x/src/app.ts": code });
  const { changes } = compareDocuments([petsDocument(old)], [petsDocument(current)]);
  const constants = new Map([["CreatePet", { method: "POST", path: "/pets" }]]);
  const sites = await findCallSites({ cwd, patterns: ["src/**/*.ts"], changes, constants });
  return sites.map(
    ({ file, line, column, certainty, change }) => `${file}:${line}:${column} ${certainty} ${change.rule}`,
  );
}

const removed: Pair = { old: { parameters: [query("sort")] }, current: {} };
const required: Pair = { old: {}, current: { parameters: [query("sort", true)] } };

test.each<[string, Pair & { readonly code: string; readonly expected: readonly string[] }]>([
  [
    "passes a removed parameter",
    {
      code: 'pets.POST("/pets", { params: { query: { sort: "a" } } });',
      ...removed,
      expected: ["breaks parameter-removed"],
    },
  ],
  ["omits a removed parameter", { code: 'pets.POST("/pets", { params: { query: {} } });', ...removed, expected: [] }],
  ["has no arguments", { code: 'pets.POST("/pets");', ...removed, expected: [] }],
  [
    "passes a variable",
    { code: 'pets.POST("/pets", { params: { query } });', ...removed, expected: ["may break parameter-removed"] },
  ],
  [
    "spreads a variable",
    {
      code: 'pets.POST("/pets", { params: { query: { ...more } } });',
      ...removed,
      expected: ["may break parameter-removed"],
    },
  ],
  [
    "omits a required parameter",
    { code: 'pets.safe.POST("/pets");', ...required, expected: ["breaks required-parameter-added"] },
  ],
  [
    "passes a required parameter",
    { code: 'pets.POST("/pets", { params: { query: { sort: "a" } } } as const);', ...required, expected: [] },
  ],
  ["has another path", { code: 'pets.POST("/pets/{id}");', ...required, expected: [] }],
  ["has another method", { code: 'pets.GET("/pets");', ...required, expected: [] }],
  [
    "iterates the list",
    { code: 'pets.paginate("/pets");', ...required, expected: ["breaks required-parameter-added"] },
  ],
  [
    "omits a required property of the body",
    {
      code: 'pets.POST("/pets", { body: { kind: "cat" } });',
      old: { body: object({ kind: text }) },
      current: { body: object({ kind: text, name: text }, ["name"]) },
      expected: ["breaks required-property-added"],
    },
  ],
  [
    "passes a removed enum value",
    {
      code: 'pets.POST("/pets", { body: { kind: "cat" } });',
      old: { body: object({ kind: { enum: ["cat", "dog"] } }) },
      current: { body: object({ kind: { enum: ["dog"] } }) },
      expected: ["breaks enum-value-removed"],
    },
  ],
  [
    "passes another enum value",
    {
      code: 'pets.POST("/pets", { body: { kind: "dog" } });',
      old: { body: object({ kind: { enum: ["cat", "dog"] } }) },
      current: { body: object({ kind: { enum: ["dog"] } }) },
      expected: [],
    },
  ],
  [
    "may read a changed response",
    {
      code: 'pets.POST("/pets");',
      old: { response: object({ a: text }) },
      current: { response: object({}) },
      expected: ["may break property-removed"],
    },
  ],
])("a call that %s is classified by what its source shows", async (_, { code, expected, ...pair }) => {
  expect(await sitesOf(code, pair)).toEqual(expected.map((site) => `src/deep/app.ts:1:1 ${site}`));
});

test("a call by constant is matched to its operation, and the import breaks where the constant is renamed", async () => {
  const code = 'import { CreatePet as Create } from "@connectry/pets/operations";\nawait pets.call(Create, {});\n';
  expect(await sitesOf(code, required)).toEqual(["src/deep/app.ts:2:7 breaks required-parameter-added"]);
  expect(await sitesOf(code, { old: {}, current: { operation: { operationId: "addPet" } } })).toEqual([
    "src/deep/app.ts:1:10 breaks operation-renamed",
  ]);
});

test("a call by a constant of `import * as` is matched to its operation, as is each use of a constant with a new name", async () => {
  const code = 'import * as ops from "@connectry/pets/operations";\nawait pets.call(ops.CreatePet, {});\n';
  expect(await sitesOf(code, required)).toEqual(["src/deep/app.ts:2:7 breaks required-parameter-added"]);
  expect(await sitesOf(code, { old: {}, current: { operation: { operationId: "addPet" } } })).toEqual([
    "src/deep/app.ts:2:21 breaks operation-renamed",
  ]);
});

test("the import of a type breaks where its schema has another name", async () => {
  const pair = {
    old: { schemas: { Pet: object({ a: text }) } },
    current: { schemas: { Animal: object({ a: text }) } },
  };
  const named = 'import type { Pet } from "@connectry/pets/types";\n';
  expect(await sitesOf(named, pair)).toEqual(["src/deep/app.ts:1:15 breaks schema-renamed"]);
  const all = 'import type * as types from "@connectry/pets/types";\nlet pet: types.Pet;\n';
  expect(await sitesOf(all, pair)).toEqual(["src/deep/app.ts:2:16 breaks schema-renamed"]);
});

test("additive and invisible changes affect no call", async () => {
  const pair = { old: {}, current: { parameters: [query("a")], operation: { summary: "x" } } };
  expect(await sitesOf('pets.POST("/pets");', pair)).toEqual([]);
});

test("patterns that match no file throw", async () => {
  const input = { cwd: await tempFolder(), patterns: ["src/*.{ts,tsx}"], changes: [], constants: new Map() };
  await expect(findCallSites(input)).rejects.toThrow("No file matches src/*.{ts,tsx}.");
});
