import { expect, test } from "vitest";
import { acmeProject } from "../testing/acme-project.js";
import { serve } from "../testing/local-server.js";
import { publish, serveRegistry } from "../testing/npm-registry.js";
import { runCli } from "../testing/run-cli.js";
import { sampleDocument, sampleWith } from "../testing/sample-document.js";
import { tempFolder } from "../testing/temp-folder.js";

const pets = {
  200: { description: "", content: { "application/json": { schema: { $ref: "#/components/schemas/Pets" } } } },
};
const limit = { name: "limit", in: "query", required: true, schema: { type: "integer" } };
/** The sample with a new required parameter and a new operation. */
const changed = sampleWith({
  paths: {
    "/pets": { get: { operationId: "listPets", parameters: [limit], responses: pets } },
    "/cats": { get: { operationId: "listCats", responses: pets } },
  },
});
const report = `breaking: 1
  GET /pets: query parameter limit is new and required

additive: 1
  GET /cats: is new: ListCats
`;

test("compares two files, and ends well whatever changed", async () => {
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": changed });
  expect(await runCli(["diff", "old.json", "new.json"], { cwd })).toEqual({ code: 0, stdout: report, stderr: "" });
  expect(await runCli(["diff", "old.json", "old.json", "--fail-on", "any"], { cwd })).toEqual({
    code: 0,
    stdout: "nothing changed\n",
    stderr: "",
  });
});

test.each([
  ["breaking", 1],
  ["additive", 1],
  ["any", 1],
])("--fail-on %s is met by a breaking change", async (level, code) => {
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": changed });
  expect(await runCli(["diff", "old.json", "new.json", "--fail-on", level], { cwd })).toMatchObject({
    code,
    stdout: report,
    stderr: expect.stringContaining(`--fail-on ${level} was asked for`),
  });
});

test("--fail-on breaking lets additive changes pass, --fail-on additive does not", async () => {
  const more = sampleWith({ paths: { ...JSON.parse(sampleDocument).paths, "/cats": { get: { responses: pets } } } });
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": more });
  expect((await runCli(["diff", "old.json", "new.json", "--fail-on", "breaking"], { cwd })).code).toBe(0);
  expect((await runCli(["diff", "old.json", "new.json", "--fail-on", "additive"], { cwd })).code).toBe(1);
});

test("compares a published version with an address", async () => {
  const registry = await serveRegistry([await publish("acme-openapi", "1.0.0", { "openapi.json": sampleDocument })]);
  const server = await serve((_request, response) => response.end(changed));
  const cwd = await tempFolder();
  const argv = ["diff", "npm:acme-openapi@1.0.0/openapi.json", `${server.url}/openapi`];
  expect(await runCli(argv, { cwd, registry: registry.url })).toMatchObject({ code: 0, stdout: report });
});

test("compares a provider's pinned document with a new one, both repaired by its overlay", async () => {
  const overlay = `overlay: 1.0.0
info: { title: Repairs, version: "1" }
actions:
  - target: $.paths['/pets'].get
    update: { parameters: [{ name: mine, in: query, schema: { type: string } }] }
`;
  const cwd = await acmeProject(sampleDocument, { "specs/acme/overlay.yaml": overlay, "new.json": sampleDocument });
  expect(await runCli(["diff", "acme", "new.json"], { cwd })).toMatchObject({ code: 0, stdout: "nothing changed\n" });
  expect(await runCli(["diff", "new.json", "acme"], { cwd })).toMatchObject({ code: 0, stdout: "nothing changed\n" });
});

test("--format json is one document for programs", async () => {
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": changed });
  const { stdout } = await runCli(["diff", "old.json", "new.json", "--format", "json"], { cwd });
  expect(JSON.parse(stdout)).toEqual({
    operations: { old: 1, new: 2 },
    counts: { breaking: 1, additive: 1, invisible: 0 },
    changes: [
      {
        rule: "required-parameter-added",
        level: "breaking",
        side: "request",
        owner: "GET /pets",
        place: "query parameter limit",
        text: "is new and required",
        operations: ["GET /pets"],
      },
      expect.objectContaining({ rule: "operation-added", level: "additive" }),
    ],
  });
});

test("--format markdown is a changelog's text, in which nothing of a document is markup", async () => {
  const odd = sampleWith({
    paths: {
      "/pets": { get: { operationId: "listPets", responses: pets, parameters: [{ ...limit, name: "a_[b](c)<i>" }] } },
    },
  });
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": odd });
  expect((await runCli(["diff", "old.json", "new.json", "--format", "markdown"], { cwd })).stdout).toBe(
    "**Breaking**\n\n- GET /pets: query parameter a\\_\\[b\\](c)\\<i\\> is new and required\n",
  );
});

test("--usage names the calls that break", async () => {
  const code = 'const acme = createAcme();\nawait acme.GET("/pets", { params: { query: {} } });\n';
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": changed, "src/deep/a.ts": code });
  expect((await runCli(["diff", "old.json", "new.json", "--usage", "src/**/*.ts"], { cwd })).stdout).toContain(
    "call sites: 1 break, 0 may\n  src/deep/a.ts:2:7  breaks  GET /pets: query parameter limit is new and required\n",
  );
});

test("a change that many operations share is one line", async () => {
  const paths = (more: object) =>
    Object.fromEntries(["/a", "/b", "/c", "/d"].map((path) => [path, { get: { responses: pets, ...more } }]));
  const cwd = await tempFolder({
    "old.json": sampleWith({ paths: paths({}) }),
    "new.json": sampleWith({ paths: paths({ deprecated: true }) }),
  });
  expect((await runCli(["diff", "old.json", "new.json"], { cwd })).stdout).toBe(
    "additive: 4\n  4 operations (GET /a, GET /b, GET /c and 1 more): is now deprecated\n",
  );
});

test.each([
  [["diff", "old.json"], "connectry diff takes two documents, not 1"],
  [["diff", "old.json", "gone.json"], "gone.json does not exist"],
  [["diff", "old.json", "old.json", "--format", "xml"], '--format is text, json, markdown, not "xml"'],
  [["diff", "old.json", "old.json", "src/a.ts", "--usage", "src/b.ts"], "Put the pattern of --usage in quotes"],
  [["diff", "old.json", "acmee"], "There is no"],
])("answers %j with one message", async (argv, message) => {
  const cwd = await tempFolder({ "old.json": sampleDocument });
  expect(await runCli(argv, { cwd })).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
});
