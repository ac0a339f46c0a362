import { mkdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { acmeProject, filesBelow, targets } from "../test/acme-project.js";
import { publish, serveRegistry } from "../test/npm-registry.js";
import { runCli, testEnvironment } from "../test/run-cli.js";
import { sampleDocument, sampleWith, specYaml } from "../test/sample-document.js";
import { tempFolder, writeFiles } from "../test/temp-folder.js";
import { createCommandContext, processContext } from "./commands/command-context.js";

test("generate writes a client and its surface, and does not write them again if nothing changed", async () => {
  const cwd = await acmeProject();
  const first = await runCli(["generate"], { cwd });
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^acme: 1 operation in .* 8 of 8 files written \(src\/generated\)\nacme: specs\/acme\/surface\.txt changed/,
    ),
  });
  const generated = await filesBelow(join(cwd, "src/generated"));
  expect(Object.keys(generated)).toEqual([
    "by-path.ts",
    "facts.ts",
    "operations.ts",
    "paths.ts",
    "schema.ts",
    "schemas/acme.ts",
    "strategies.ts",
    "types.ts",
  ]);
  expect(generated["operations.ts"]).toContain("ListPets");
  expect(await readFile(join(cwd, "specs/acme/surface.txt"), "utf8")).toContain("GET /pets  ListPets");

  const { mtimeMs } = await stat(join(cwd, "src/generated/paths.ts"));
  expect(await runCli(["generate", "acme"], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("unchanged"),
  });
  expect((await stat(join(cwd, "src/generated/paths.ts"))).mtimeMs).toBe(mtimeMs);
  expect(await filesBelow(join(cwd, "src/generated"))).toEqual(generated);
});

test("check passes if surface.txt matches, and else shows the difference", async () => {
  const cwd = await acmeProject();
  expect(await runCli(["check"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("surface.txt does not exist"),
  });
  await runCli(["generate"], { cwd });
  expect(await runCli(["check"], { cwd })).toMatchObject({
    code: 0,
    stdout: "acme: 1 operation, matches specs/acme/surface.txt\n",
  });
  const surface = await readFile(join(cwd, "specs/acme/surface.txt"), "utf8");
  await writeFiles(cwd, { "specs/acme/surface.txt": surface.replace("ListPets", "FindPets") });
  const { code, stderr } = await runCli(["check"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /surface\.txt does not match the pinned documents:\n {2}- GET \/pets {2}FindPets .*\n {2}\+ GET \/pets {2}ListPets .*\n {2}Run `connectry generate acme`/,
  );
  expect(await readFile(join(cwd, "specs/acme/surface.txt"), "utf8")).toContain("FindPets");
});

test("check accepts a surface.txt with other line endings", async () => {
  const cwd = await acmeProject();
  await runCli(["generate"], { cwd });
  const surface = await readFile(join(cwd, "specs/acme/surface.txt"), "utf8");
  await writeFiles(cwd, { "specs/acme/surface.txt": surface.replaceAll("\n", "\r\n") });
  expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0 });
});

test("pull --out writes the document with its overlay applied", async () => {
  const overlay =
    'overlay: 1.0.0\ninfo: { title: repairs, version: "1" }\nactions:\n  - target: $.info\n    update: { title: Repaired }\n';
  const cwd = await acmeProject(sampleDocument, { "specs/acme/overlay.yaml": overlay });
  const run = await runCli(["pull", "acme", "--out", "openapi"], { cwd });
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("written to openapi/acme.json") });
  expect(JSON.parse(await readFile(join(cwd, "openapi/acme.json"), "utf8"))).toEqual({
    ...JSON.parse(sampleDocument),
    info: { title: "Repaired", version: "1" },
  });
});

test("pull uses the pins that an installed package publishes, although their folders do not exist", async () => {
  const acme = await publish("acme-openapi", "1.0.0", { "openapi.json.gz": gzipSync(sampleDocument) });
  const registry = await serveRegistry([acme]);
  const spec = specYaml("npm:acme-openapi@1.0.0/openapi.json.gz", gzipSync(sampleDocument), targets);
  const cwd = await tempFolder({ "node_modules/@connectry/acme/spec/spec.yaml": spec });
  const run = await runCli(["pull", "@connectry/acme", "--out", "openapi"], { cwd, registry: registry.url });
  expect(run).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("fetched  npm:acme-openapi@1.0.0/openapi.json.gz"),
  });
  expect(JSON.parse(await readFile(join(cwd, "openapi/acme.json"), "utf8"))).toEqual(JSON.parse(sampleDocument));
  expect(run.stderr).toBe("fetching acme-openapi@1.0.0\n");
});

test("pull fetches Stripe's pinned document from the registry of this machine", async () => {
  const specs = fileURLToPath(new URL("../../../specs", import.meta.url));
  // The npm settings of the machine, but the document cache of the test.
  const { CONNECTRY_CACHE: _, ...env } = Object.fromEntries(
    Object.keys(testEnvironment("")).map((name) => [name, process.env[name] ?? ""]),
  );
  const run = await runCli(["pull", "stripe", "--specs", specs, "--out", "openapi"], {
    cwd: await tempFolder(),
    env,
  });
  expect(run).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^stripe {2}6\.0 MB {2}fetched {2}npm:@opensdks\/sdk-stripe@0\.0\.2/),
  });
});

test("pull --out rejects two documents of the same name", async () => {
  const cwd = await acmeProject(sampleDocument, {
    "specs/other/spec.yaml": specYaml("../../acme.json", sampleDocument),
  });
  const { code, stderr } = await runCli(["pull", "--out", "openapi"], { cwd });
  expect([code, stderr]).toEqual([1, expect.stringContaining('acme and other both have a document "acme"')]);
});

test("generate continues with other providers after one failed", async () => {
  const cwd = await acmeProject(sampleDocument, {
    "specs/broken/spec.yaml": specYaml("missing.json", "", targets),
    "specs/worse/spec.yaml": specYaml("gone.json", "", targets),
  });
  const { code, stdout, stderr } = await runCli(["generate"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain("acme: 1 operation");
  expect(stderr).toMatch(
    /connectry: The document .*missing\.json does not exist\.\n\nThe document .*gone\.json does not exist\.\n$/,
  );
});

test("a spec without a profile can be pulled, but not generated", async () => {
  const cwd = await acmeProject(sampleDocument, { "specs/acme/spec.yaml": specYaml("../../acme.json") });
  expect(await runCli(["pull"], { cwd })).toMatchObject({ code: 0 });
  expect(await runCli(["generate"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("specs/acme/spec.yaml has no `profile`, which is required to generate a client"),
  });
});

test.each<[string, string]>([
  ["--help", "connectry pull [provider...] [--out DIR]"],
  ["--version", JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")).version],
])("%s prints its text and exits with 0", async (flag, text) => {
  expect(await runCli([flag], { cwd: await tempFolder() })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(text),
    stderr: "",
  });
});

test("generate gives stable names to operations with missing or duplicate operationIds, and warns about missing ones", async () => {
  const operation = { responses: { 200: { description: "" } } };
  const document = sampleWith({
    paths: {
      "/cats": { get: operation, post: { ...operation, operationId: "pets" } },
      "/dogs": { get: { ...operation, operationId: "pets" } },
    },
  });
  const cwd = await acmeProject(document);
  const { code, stderr } = await runCli(["generate"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("1 operation has no operationId");
  const surface = await readFile(join(cwd, "specs/acme/surface.txt"), "utf8");
  const names = surface.split("\n").map((line) => line.split("  ")[1]);
  expect(new Set(names).size).toBe(names.length);
});

test("an unexpected error asks to be reported, and DEBUG=connectry shows its stack", async () => {
  const cwd = await acmeProject();
  const generate = async () => {
    throw new TypeError("oops");
  };
  const quiet = await runCli(["generate"], { cwd, generate });
  expect(quiet.stderr).toMatch(
    /connectry: unexpected error: oops\n {2}Please report it, with the stack that DEBUG=connectry shows/,
  );
  expect(quiet.stderr).not.toContain("cli.test.ts");
  expect((await runCli(["generate"], { cwd, generate, env: { DEBUG: "connectry" } })).stderr).toMatch(
    /TypeError: oops\n\s+at .*cli\.test\.ts/,
  );
});

test.each([
  ["a $ref", { $ref: "other\u001b]0;PWN\u0007\n::stop-commands::x" }, "3.0.3"],
  ["the version", {}, "9\u001b[2J\u009b2J\u202e"],
])("a control sequence of a document in %s reaches the terminal as text", async (_, schema, openapi) => {
  const json = { openapi, paths: { "/a": { get: { responses: {} } } }, components: { schemas: { A: schema } } };
  const cwd = await tempFolder({ "old.json": JSON.stringify(json) });
  const { code, stdout, stderr } = await runCli(["diff", "old.json", "old.json"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toMatch(/\\u\{1b\}/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^\s*::/m);
});

test("progress on a terminal shows titles as text", async () => {
  const written: string[] = [];
  const stderr = { isTTY: true, columns: 80, write: (text: string) => written.push(text) };
  const { progress } = await createCommandContext({ ...processContext(), env: {}, stderr });
  progress.start("fetching \u001b[2Ja").end();
  expect(written.find((text) => text.includes("fetching"))).toContain(" fetching \\u{1b}[2Ja");
});

test("generate shows on a terminal how many clients are generated, and in CI one line for each", async () => {
  const second = specYaml("../../acme.json", sampleDocument, "profile: ../../profile.ts\noutput: ../../src/zebra\n");
  const cwd = await acmeProject(sampleDocument, { "specs/zebra/spec.yaml": second });
  const { code, stdout, stderr } = await runCli(["generate"], { cwd, isTTY: true });
  expect([code, stdout]).toEqual([0, expect.stringContaining("zebra: 1 operation")]);
  expect(stderr).toContain("[--------------------] 0/2 generating acme");
  expect(stderr).toContain("[==========----------] 1/2 generating zebra");
  expect(stderr).not.toContain("\n");
  const inCi = await runCli(["generate"], { cwd, isTTY: true, env: { CI: "true" } });
  expect(inCi.stderr).toBe("generating acme\ngenerating zebra\n");
});

test.each(["check", "generate"])("%s of an installed package does not run the package's code", async (command) => {
  const cwd = await tempFolder();
  const canary = join(cwd, "canary");
  const attack = `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(canary)}, "");\nexport const profile = {};\n`;
  const installed = "node_modules/@evil/n/spec";
  await writeFiles(cwd, {
    [`${installed}/spec.yaml`]: specYaml("acme.json", sampleDocument, "profile: profile.ts\noutput: ../../../../src\n"),
    [`${installed}/acme.json`]: sampleDocument,
    [`${installed}/profile.ts`]: attack,
    // A spec of the user's own may not name code of a package either.
    "specs/acme/spec.yaml": specYaml(
      `../../${installed}/acme.json`,
      sampleDocument,
      `profile: ../../${installed}/profile.ts\noutput: ../../src/generated\n`,
    ),
  });
  expect(await runCli([command, "@evil/n"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/is of an installed package: its documents can only be pulled/),
  });
  expect(await runCli([command, "acme"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/profile\.ts is in node_modules\. The code of an installed package is not run/),
  });
  expect(await runCli(["pull", "@evil/n"], { cwd })).toMatchObject({ code: 0 });
  expect(await stat(canary).catch(() => "not written")).toBe("not written");
});

test("a package of the workspace, which is only linked in node_modules, can be checked", async () => {
  const cwd = await acmeProject();
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0 });
  await mkdir(join(cwd, "node_modules"));
  await symlink(cwd, join(cwd, "node_modules/own"));
  expect(await runCli(["check", "node_modules/own/specs/acme"], { cwd })).toMatchObject({ code: 0 });
});

test("with --json each result is an object in a line, of which no control character is left", async () => {
  const cwd = await acmeProject();
  const run = async (...args: readonly string[]) => {
    const { code, stdout } = await runCli([...args, "--json"], { cwd });
    return {
      code,
      results: stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    };
  };
  expect(await run("pull")).toMatchObject({
    code: 0,
    results: [{ provider: "acme", document: "acme", bytes: sampleDocument.length, from: "source" }],
  });
  expect(await run("generate")).toMatchObject({
    results: [
      { provider: "acme", operations: 1, written: 8, removed: 0, output: "src/generated", surfaceChanged: true },
    ],
  });
  expect(await run("check")).toMatchObject({ results: [{ provider: "acme", operations: 1, fallback: false }] });
  expect(await run("update")).toMatchObject({ results: [{ provider: "acme", documents: [] }] });
  await writeFiles(cwd, { "acme.json": sampleDocument.replace("/pets", "/dogs").replace("Acme", "A\u202ecme") });
  expect(await run("update")).toMatchObject({
    results: [{ provider: "acme", documents: [{ name: "acme" }], changes: { breaking: 1 } }],
  });
});
