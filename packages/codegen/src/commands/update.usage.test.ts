import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acmeProject, filesBelow } from "../../test/acme-project.js";
import { serve } from "../../test/local-server.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument, sampleWith } from "../../test/sample-document.js";
import { tempFolder, writeFiles } from "../../test/temp-folder.js";
import { sha256 } from "../source/sha256.js";

const limit = { name: "limit", in: "query", required: true, schema: { type: "integer" } };
const { paths } = JSON.parse(sampleDocument);
/** The sample document with a required parameter in its list. */
const breaking = sampleWith({ paths: { "/pets": { get: { ...paths["/pets"].get, parameters: [limit] } } } });
const program = `import * as operations from "./generated/operations.js";
await acme.GET("/pets");
await acme.call(operations.ListPets);
`;

test("update compares a file that was replaced with what it was, and shows the calls that break", async () => {
  const cwd = await acmeProject(sampleDocument, { "src/app.ts": program });
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0 });
  await writeFiles(cwd, { "acme.json": breaking });
  const { code, stdout, stderr } = await runCli(["update", "acme", "--usage", "src/*.ts"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("surface.txt") });
  expect(stdout).toBe(`acme: ../../acme.json has changed
acme: 1 breaking, 0 additive, 0 invisible
breaking: 1
  GET /pets: query parameter limit is new and required

call sites: 2 break, 0 may break
  src/app.ts:2:7  breaks  GET /pets: query parameter limit is new and required
  src/app.ts:3:7  breaks  GET /pets: query parameter limit is new and required
`);
  expect(await readFile(join(cwd, "specs/acme/spec.yaml"), "utf8")).toContain(sha256(breaking));
  expect(await runCli(["update"], { cwd })).toMatchObject({ code: 0, stdout: "acme: no newer document\n" });
});

test("a connector that was just added from a file knows what the file was", async () => {
  const cwd = await tempFolder({ "package.json": "{}", "openapi.json": sampleDocument });
  await runCli(["add", "acme", "--spec", "openapi.json", "--out", "src/acme"], { cwd });
  await writeFiles(cwd, { "openapi.json": breaking });
  expect(await runCli(["update", "--json"], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"changes":{"breaking":1,"additive":0,"invisible":0}'),
  });
});

test("update writes nothing if no source matches --usage", async () => {
  const cwd = await acmeProject();
  await runCli(["generate"], { cwd });
  await writeFiles(cwd, { "acme.json": breaking });
  const before = await filesBelow(cwd);
  expect(await runCli(["update", "--usage", "lib/*.ts"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("No file matches lib/*.ts."),
  });
  expect(await filesBelow(cwd)).toEqual(before);
});

/** A project with an installed connector, whose document is published at an address. */
async function installed(published: string, overlay?: string) {
  const server = await serve((_request, response) => response.end(published));
  const folder = "node_modules/@connectry/acme";
  const spec = `documents:
  - name: acme
    source: ${server.url}/openapi-1.json
    sha256: ${sha256(sampleDocument)}
    upstream: ${server.url}/openapi.json
`;
  const documents = `documents/${sha256(sampleDocument)}`;
  const cwd = await tempFolder({
    "src/app.ts": 'await acme.GET("/pets");\n',
    [documents]: sampleDocument,
    [`${folder}/package.json`]: JSON.stringify({ name: "@connectry/acme", version: "1.0.0" }),
    [`${folder}/spec/spec.yaml`]: spec,
    ...(overlay !== undefined && { [`${folder}/spec/overlay.yaml`]: overlay }),
  });
  return { cwd, env: { CONNECTRY_DOCUMENTS: join(cwd, "documents") } };
}

test("update compares an installed connector with the newest document, shows the calls that break, and writes nothing", async () => {
  const options = await installed(breaking);
  const run = await runCli(["update", "acme", "--usage", "src/*.ts"], options);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain("acme: 1 breaking, 0 additive, 0 invisible\n");
  expect(run.stdout).toContain("  src/app.ts:1:7  breaks  GET /pets: query parameter limit is new and required\n");
  expect(run.stdout).toMatch(/nothing was written, .*: npm i @connectry\/acme@latest\n$/);
  await rm(join(options.cwd, ".cache"), { recursive: true, force: true });
  expect(Object.keys(await filesBelow(options.cwd)).filter((path) => /surface|generated|changeset/.test(path))).toEqual(
    [],
  );
});

test("update of an installed connector blames no file of the package where a correction no longer fits", async () => {
  const overlay =
    "overlay: 1.0.0\ninfo: { title: Fix, version: 1.0.0 }\nactions:\n  - target: $.paths['/pets'].get.summary\n    remove: true\n";
  const options = await installed(breaking, overlay);
  const run = await runCli(["update", "acme"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("does not fit the installed @connectry/acme") });
  expect(run.stderr).toContain("npm i @connectry/acme@latest");
});
