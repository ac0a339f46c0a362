import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli, testEnvironment } from "../../test/run-cli.js";
import { sampleDocument } from "../../test/sample-document.js";
import { tempFolder } from "../../test/temp-folder.js";

/** A project with a package in place of @connectry/mcp, which prints what it is called with. */
async function project(source: string): Promise<string> {
  const cwd = await tempFolder({ "pets.json": sampleDocument });
  const folder = join(cwd, "node_modules/@connectry/mcp");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "@connectry/mcp", main: "index.cjs" }));
  await writeFile(join(folder, "index.cjs"), source);
  return cwd;
}
const throwsItsArguments =
  "exports.serveStdio = async (source, options) => { throw Object.assign(new Error(JSON.stringify([source, options])), { name: 'ConfigurationError' }); };";

/** Runs the installed command, without NODE_PATH, by which a package manager lends this repository's packages to its tests. */
function runInstalled(
  args: readonly string[],
  cwd: string,
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const command = fileURLToPath(new URL("../../bin/connectry.js", import.meta.url));
  const env = { PATH: process.env.PATH, ...testEnvironment(cwd) };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test("mcp names the package to install where it is missing", async () => {
  const cwd = await tempFolder({ "pets.json": sampleDocument });
  const { code, stdout, stderr } = await runInstalled(["mcp", "pets.json"], cwd);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("`connectry mcp` needs the package @connectry/mcp, which is not installed.");
  expect(stderr).toContain("npm install @connectry/mcp");
});

test("mcp serves a document alone by a drafted profile, reads only, and prints nothing to stdout", async () => {
  const { stdout, stderr } = await runCli(["mcp", "pets.json"], { cwd: await project(throwsItsArguments) });
  expect(stdout).toBe("");
  const [source, options] = JSON.parse(/\[\{.*\]/s.exec(stderr)?.[0] ?? "[]");
  expect(source).toMatchObject({
    profile: { baseUrl: expect.stringContaining("://") },
    facts: { version: expect.any(String) },
  });
  expect(options).toMatchObject({ document: [{ openapi: expect.any(String) }], approve: "elicit", dryRun: false });
  expect(options).not.toHaveProperty("allow");
});

test("mcp passes its options on", async () => {
  const args = ["--allow", "GET *", "--allow", "POST /pets", "--approve", "never", "--dry-run", "--max-calls", "9"];
  const cwd = await project(throwsItsArguments);
  const { stderr } = await runCli(
    [
      "mcp",
      "pets.json",
      ...args,
      "--conversation",
      "c",
      "--base-url",
      "http://127.0.0.1:1",
      "--environment",
      "sandbox",
    ],
    { cwd },
  );
  const [source, options] = JSON.parse(/\[\{.*\]/s.exec(stderr)?.[0] ?? "[]");
  expect(source).toMatchObject({ baseUrl: "http://127.0.0.1:1", environment: "sandbox" });
  expect(options).toMatchObject({
    allow: ["GET *", "POST /pets"],
    approve: false,
    dryRun: true,
    budget: { calls: 9 },
    conversation: "c",
  });
});

test.each([
  [["mcp"], '`connectry mcp` requires one provider or document: connectry mcp WHAT [--allow "METHOD PATH"].'],
  [["mcp", "stripe", "--allow", "GET", "/v1"], "Put the pattern of `--allow` in quotes"],
  [["mcp", "stripe", "--approve", "always"], '`--approve` must be one of elicit, never, got "always".'],
  [["mcp", "stripe", "--max-calls", "0"], '`--max-calls` must be a positive integer, got "0".'],
])("%j is refused with what is wrong", async (args, message) => {
  const { code, stderr } = await runCli(args, { cwd: await tempFolder({}) });
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});
