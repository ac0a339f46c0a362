import { expect, test } from "vitest";
import { acmeProject } from "../../test/acme-project.js";
import { serve } from "../../test/local-server.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument, sampleWith } from "../../test/sample-document.js";
import { tempFolder } from "../../test/temp-folder.js";

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

test("diff compares two files, and exits with 0 whatever changed", async () => {
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
])("diff --fail-on %s fails on a breaking change", async (level, code) => {
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": changed });
  expect(await runCli(["diff", "old.json", "new.json", "--fail-on", level], { cwd })).toMatchObject({
    code,
    stdout: report,
    stderr: expect.stringContaining(`(--fail-on ${level})`),
  });
});

test("diff --fail-on breaking ignores additive changes, and --fail-on additive does not", async () => {
  const more = sampleWith({ paths: { ...JSON.parse(sampleDocument).paths, "/cats": { get: { responses: pets } } } });
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": more });
  expect((await runCli(["diff", "old.json", "new.json", "--fail-on", "breaking"], { cwd })).code).toBe(0);
  expect((await runCli(["diff", "old.json", "new.json", "--fail-on", "additive"], { cwd })).code).toBe(1);
});

test("diff compares a published version with a URL", async () => {
  const registry = await serveRegistry([await publish("acme-openapi", "1.0.0", { "openapi.json": sampleDocument })]);
  const server = await serve((_request, response) => response.end(changed));
  const cwd = await tempFolder();
  const argv = ["diff", "npm:acme-openapi@1.0.0/openapi.json", `${server.url}/openapi`];
  expect(await runCli(argv, { cwd, registry: registry.url })).toMatchObject({ code: 0, stdout: report });
});

test("diff applies a provider's overlay to its pinned document and to the new one", async () => {
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

test("diff --format json prints one JSON document", async () => {
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
        location: "query parameter limit",
        text: "is new and required",
        operations: ["GET /pets"],
      },
      expect.objectContaining({ rule: "operation-added", level: "additive" }),
    ],
  });
});

test("diff --format markdown prints text for a changelog, with text of the document in code spans", async () => {
  const odd = sampleWith({
    paths: {
      "/pets": { get: { operationId: "listPets", responses: pets, parameters: [{ ...limit, name: "a_[b](c)<i>" }] } },
    },
  });
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": odd });
  expect((await runCli(["diff", "old.json", "new.json", "--format", "markdown"], { cwd })).stdout).toBe(
    "**Breaking**\n\n- `GET /pets: query parameter a_[b](c)<i> is new and required`\n",
  );
});

test("diff --usage names the calls that break", async () => {
  const code = 'const acme = createAcme();\nawait acme.GET("/pets", { params: { query: {} } });\n';
  const cwd = await tempFolder({ "old.json": sampleDocument, "new.json": changed, "src/deep/a.ts": code });
  expect((await runCli(["diff", "old.json", "new.json", "--usage", "src/**/*.ts"], { cwd })).stdout).toContain(
    "call sites: 1 break, 0 may break\n  src/deep/a.ts:2:7  breaks  GET /pets: query parameter limit is new and required\n",
  );
});

test("diff prints one line for the same change of many operations", async () => {
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
  [["diff", "old.json"], "`connectry diff` requires two documents, got 1"],
  [["diff", "old.json", "gone.json"], "gone.json does not exist"],
  [["diff", "old.json", "old.json", "--format", "xml"], '`--format` must be one of text, json, markdown, got "xml"'],
  [["diff", "old.json", "old.json", "src/a.ts", "--usage", "src/b.ts"], "Put the pattern of `--usage` in quotes"],
  [["diff", "old.json", "acmee"], "Unknown provider `acmee`"],
])("%j ends with one message", async (argv, message) => {
  const cwd = await tempFolder({ "old.json": sampleDocument });
  expect(await runCli(argv, { cwd })).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
});
