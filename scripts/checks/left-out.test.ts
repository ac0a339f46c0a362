import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { leftOutConnectors, turboFilters, vitestFilters } from "../left-out.ts";
import { builtPackages } from "../public-packages.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
let workspace: string;

const write = async (file: string, text: string) => {
  await mkdir(dirname(join(workspace, file)), { recursive: true });
  await writeFile(join(workspace, file), text);
};

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), "connectry-left-out-"));
  for (const name of ["asana", "stripe"]) await write(`packages/connectors/${name}/package.json`, `{"name":"${name}"}`);
  await write("specs/asana/pulled.txt", "asana unavailable\n");
  await write("specs/stripe/pulled.txt", `stripe ${"a".repeat(64)}\n`);
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

test("a connector with a document that cannot be had is left out, and not among the packages that are built", () => {
  expect(leftOutConnectors(workspace)).toEqual(["asana"]);
  expect(builtPackages(workspace).map(({ name }) => name)).toEqual(["stripe"]);
  expect(leftOutConnectors(join(workspace, "specs"))).toEqual([]);
});

test("turbo runs no task of a connector that is left out, nor of a package that depends on it", async () => {
  const args = ["run", "build", ...turboFilters(["slack"]), "--dry=json"];
  const { stdout } = await run(join(root, "node_modules/.bin/turbo"), args, { cwd: root, maxBuffer: 2 ** 26 });
  const packages = new Set((JSON.parse(stdout).tasks as { package: string }[]).map((task) => task.package));
  expect(packages).not.toContain("@connectry/slack");
  expect(packages).not.toContain("@connectry/examples");
  expect(packages).toContain("@connectry/stripe");
});

test("vitest runs no test of a connector that is left out", async () => {
  const args = ["list", "--filesOnly", "contract.test", ...vitestFilters(["slack"])];
  const { stdout } = await run(join(root, "node_modules/.bin/vitest"), args, { cwd: root });
  expect(stdout).not.toContain("connectors/slack/");
  expect(stdout).toContain("connectors/twilio/");
});

test("turbo passes the folder of documents and strictness to tasks, and what was pulled is an input of each generate", async () => {
  const turbo = JSON.parse(await readFile(join(root, "turbo.json"), "utf8"));
  expect(turbo.globalPassThroughEnv).toEqual(expect.arrayContaining(["CONNECTRY_DOCUMENTS", "CONNECTRY_STRICT"]));
  const own = JSON.parse(await readFile(join(root, "packages/connectors/slack/turbo.json"), "utf8"));
  expect(own.tasks.generate.inputs).toContain("$TURBO_ROOT$/specs/slack/pulled.txt");
});

test("the workflows that test and publish accept no fallback and leave nothing out", async () => {
  for (const [file, command] of [
    ["ci.yml", "run: .ci/run"],
    ["release.yml", "run: pnpm build"],
  ] as const) {
    const workflow = await readFile(join(root, ".github/workflows", file), "utf8");
    expect(workflow).toMatch(new RegExp(`${command}\\n +env:\\n +CONNECTRY_STRICT: 1`));
  }
});
