import { expect, test } from "vitest";
import { type PetsDocument, petsDocument } from "../../testing/diff-pair.js";
import { tempFolder } from "../../testing/temp-folder.js";
import { compareDocuments } from "../compare-documents.js";
import { findCallSites } from "./find-call-sites.js";

const text = { type: "string" };
const query = (name: string, required = false) => ({ name, in: "query", required, schema: text });
const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });

/** The sites of a source, as `line:column certainty rule`. */
async function sitesOf(code: string, old: PetsDocument, now: PetsDocument): Promise<string[]> {
  const cwd = await tempFolder({ "src/deep/app.ts": code, "src/app.test.js": code, "node_modules/x/src/app.ts": code });
  const { changes } = compareDocuments([petsDocument(old)], [petsDocument(now)]);
  const constants = new Map([["CreatePet", { method: "POST", path: "/pets" }]]);
  const sites = await findCallSites({ cwd, patterns: ["src/**/*.ts"], changes, constants });
  return sites.map(
    ({ file, line, column, certainty, change }) => `${file}:${line}:${column} ${certainty} ${change.rule}`,
  );
}

const gone = [{ parameters: [query("sort")] }, {}] as const;
const demanded = [{}, { parameters: [query("sort", true)] }] as const;

test.each<[string, string, PetsDocument, PetsDocument, string[]]>([
  [
    "gives what is gone",
    'pets.POST("/pets", { params: { query: { sort: "a" } } });',
    ...gone,
    ["breaks parameter-removed"],
  ],
  ["leaves out what is gone", 'pets.POST("/pets", { params: { query: {} } });', ...gone, []],
  ["gives nothing", 'pets.POST("/pets");', ...gone, []],
  [
    "gives what is in a variable",
    'pets.POST("/pets", { params: { query } });',
    ...gone,
    ["may break parameter-removed"],
  ],
  [
    "spreads a variable",
    'pets.POST("/pets", { params: { query: { ...more } } });',
    ...gone,
    ["may break parameter-removed"],
  ],
  ["leaves out what is demanded", 'pets.safe.POST("/pets");', ...demanded, ["breaks required-parameter-added"]],
  ["gives what is demanded", 'pets.POST("/pets", { params: { query: { sort: "a" } } } as const);', ...demanded, []],
  ["calls another path", 'pets.POST("/pets/{id}");', ...demanded, []],
  ["calls another method", 'pets.GET("/pets");', ...demanded, []],
  ["walks the list", 'pets.paginate("/pets");', ...demanded, ["breaks required-parameter-added"]],
  [
    "leaves out a member that the body must have",
    'pets.POST("/pets", { body: { kind: "cat" } });',
    { body: object({ kind: text }) },
    { body: object({ kind: text, name: text }, ["name"]) },
    ["breaks required-property-added"],
  ],
  [
    "gives a value that is gone",
    'pets.POST("/pets", { body: { kind: "cat" } });',
    { body: object({ kind: { enum: ["cat", "dog"] } }) },
    { body: object({ kind: { enum: ["dog"] } }) },
    ["breaks enum-value-removed"],
  ],
  [
    "gives another value",
    'pets.POST("/pets", { body: { kind: "dog" } });',
    { body: object({ kind: { enum: ["cat", "dog"] } }) },
    { body: object({ kind: { enum: ["dog"] } }) },
    [],
  ],
  [
    "reads an answer that changed",
    'pets.POST("/pets");',
    { response: object({ a: text }) },
    { response: object({}) },
    ["may break property-removed"],
  ],
])("a call that %s", async (_, code, old, now, wanted) => {
  expect(await sitesOf(code, old, now)).toEqual(wanted.map((site) => `src/deep/app.ts:1:1 ${site}`));
});

test("a constant is followed to its operation, and its import breaks where it is called otherwise", async () => {
  const code = 'import { CreatePet as Create } from "@connectry/pets/operations";\nawait pets.call(Create, {});\n';
  expect(await sitesOf(code, ...demanded)).toEqual(["src/deep/app.ts:2:7 breaks required-parameter-added"]);
  expect(await sitesOf(code, {}, { operation: { operationId: "addPet" } })).toEqual([
    "src/deep/app.ts:1:10 breaks operation-renamed",
  ]);
});

test("additive and invisible changes break no call", async () => {
  expect(await sitesOf('pets.POST("/pets");', {}, { parameters: [query("a")], operation: { summary: "x" } })).toEqual(
    [],
  );
});

test("patterns that match no file are an error", async () => {
  const input = { cwd: await tempFolder(), patterns: ["src/*.{ts,tsx}"], changes: [], constants: new Map() };
  await expect(findCallSites(input)).rejects.toThrow("No file is at src/*.{ts,tsx}.");
});
