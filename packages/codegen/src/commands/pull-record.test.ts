import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acmeProject, targets } from "../../test/acme-project.js";
import { serve } from "../../test/local-server.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument, sampleWith } from "../../test/sample-document.js";
import { tempFolder, writeFiles } from "../../test/temp-folder.js";
import { sha256 } from "../source/sha256.js";

const nowhere = "http://127.0.0.1:9/openapi.json";
const cats = { "/cats": { get: { operationId: "listCats", responses: {} } } };
const newer = sampleWith({ paths: { ...JSON.parse(sampleDocument).paths, ...cats } });

/** A project whose document is at an address that nothing serves, with a fallback in an npm package. */
async function fallbackProject() {
  const acme = await publish("acme-openapi", "1.0.0", { "openapi.json": sampleDocument });
  const { url: registry } = await serveRegistry([acme]);
  const spec = `${targets}documents:
  - name: acme
    source: ${nowhere}
    sha256: ${sha256(newer)}
    fallback:
      source: npm:acme-openapi@1.0.0/openapi.json
      integrity: ${acme.integrity}
      sha256: ${sha256(sampleDocument)}
`;
  const cwd = await acmeProject(sampleDocument, { "specs/acme/spec.yaml": spec });
  return { cwd, registry, documents: await tempFolder({ [sha256(newer)]: newer }) };
}

const recordOf = (cwd: string, provider = "acme") => readFile(join(cwd, "specs", provider, "pulled.txt"), "utf8");

test("pull --record prints the fallback and its reason, and records the hash of what is there", async () => {
  const { cwd, registry, documents } = await fallbackProject();
  const older = await runCli(["pull", "--record"], { cwd, registry });
  expect(older).toMatchObject({ code: 0 });
  expect(older.stdout).toMatch(/^acme {2}.* fetched {2}npm:acme-openapi@1\.0\.0\/openapi\.json$/m);
  expect(older.stdout).toMatch(/^acme {2}fallback: 127\.0\.0\.1:9 cannot be reached to fetch http:/m);
  expect(await recordOf(cwd)).toBe(`acme ${sha256(sampleDocument)}\n`);

  const env = { CONNECTRY_DOCUMENTS: documents };
  expect(await runCli(["pull", "--record"], { cwd, registry, env })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`from CONNECTRY_DOCUMENTS  ${nowhere}`),
  });
  expect(await recordOf(cwd)).toBe(`acme ${sha256(newer)}\n`);
});

test("a fallback is generated and checked, and surface.txt stays that of the pinned document", async () => {
  const { cwd, registry, documents } = await fallbackProject();
  const env = { CONNECTRY_DOCUMENTS: documents };
  expect(await runCli(["generate"], { cwd, registry, env })).toMatchObject({ code: 0 });
  const surface = await readFile(join(cwd, "specs/acme/surface.txt"), "utf8");
  expect(surface).toContain("GET /cats");

  const elsewhere = { CONNECTRY_CACHE: join(cwd, "another-cache") };
  expect(await runCli(["generate"], { cwd, registry, env: elsewhere })).toMatchObject({ code: 0 });
  expect(await readFile(join(cwd, "src/generated/operations.ts"), "utf8")).not.toContain("/cats");
  expect(await readFile(join(cwd, "specs/acme/surface.txt"), "utf8")).toBe(surface);
  expect(await runCli(["check"], { cwd, registry, env: elsewhere })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("of a fallback, not compared with specs/acme/surface.txt"),
  });
});

test("pull --record leaves out a provider that cannot be had, with one line; CONNECTRY_STRICT=1 fails", async () => {
  const { cwd, registry } = await fallbackProject();
  await writeFiles(cwd, {
    "specs/gone/spec.yaml": `documents:\n  - name: gone\n    source: ${nowhere}\n    sha256: ${sha256("x")}\n`,
  });
  const run = await runCli(["pull", "--record"], { cwd, registry });
  expect(run).toMatchObject({ code: 0, stderr: expect.not.stringContaining("gone") });
  expect(run.stdout.match(/^gone.*$/gm)).toEqual([
    expect.stringMatching(/^gone: left out: 127\.0\.0\.1:9 cannot be reached to fetch http:/),
  ]);
  expect(await recordOf(cwd, "gone")).toBe("gone unavailable\n");

  for (const provider of ["acme", "gone"]) {
    const strict = await runCli(["pull", "--record", provider], { cwd, registry, env: { CONNECTRY_STRICT: "1" } });
    expect(strict).toMatchObject({ code: 1, stderr: expect.stringContaining("127.0.0.1:9 cannot be reached") });
  }
});

test("pull --record does not leave out a provider whose document is not the pinned one", async () => {
  const server = await serve((_, response) => response.end("tampered"));
  const cwd = await tempFolder({
    "specs/acme/spec.yaml": `documents:\n  - name: acme\n    source: ${server.url}/a.json\n    sha256: ${sha256("x")}\n`,
  });
  expect(await runCli(["pull", "--record"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("is not the pinned one"),
  });
});

test("pull without --record writes nothing next to spec.yaml, and fails where a document cannot be had", async () => {
  const cwd = await tempFolder({
    "specs/gone/spec.yaml": `documents:\n  - name: gone\n    source: ${nowhere}\n    sha256: ${sha256("x")}\n`,
  });
  expect(await runCli(["pull"], { cwd })).toMatchObject({ code: 1 });
  expect(existsSync(join(cwd, "specs/gone/pulled.txt"))).toBe(false);
});
