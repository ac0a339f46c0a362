import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadDocuments } from "@connectry/codegen";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { leftOutConnectors } from "../left-out.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const folder = join(root, "examples/recipes");

const leftOut = leftOutConnectors(root);

const markdown = await readFile(join(root, "packages/testing/RECIPES.md"), "utf8");
const blocks = new Map(
  [...markdown.matchAll(/^```ts\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)].map(
    ([, name = "", code = ""]) => [name, code] as const,
  ),
);
/** Whether a file, or one that it imports, uses a connector whose document cannot be had. */
const isLeftOut = (code: string): boolean =>
  leftOut.some((id) => code.includes(`"@connectry/${id}`)) ||
  [...code.matchAll(/ from "\.\/([^"]+)"/g)].some(([, name = ""]) => isLeftOut(blocks.get(name) ?? ""));
const files = new Map([...blocks].filter(([, code]) => !isLeftOut(code)));
const tests = [...files.keys()].filter((name) => name.endsWith(".test.ts"));

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "openapi"), { recursive: true });
  for (const [name, code] of files) await writeFile(join(folder, name), code);
  for (const provider of ["stripe", "github"].filter((id) => !leftOut.includes(id))) {
    const [document] = await loadDocuments(provider);
    await writeFile(join(folder, "openapi", `${provider}.json`), JSON.stringify(document?.json));
  }
  return () => rm(folder, { recursive: true, force: true });
});

/** Runs a program of this repository's Node in the folder of the recipes; those of a developer's machine record. */
const node = (...args: readonly string[]) =>
  run(process.execPath, args, { cwd: folder, env: { ...process.env, CI: "", CONNECTRY_RECORD: "" } }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error) => ({ code: Number(error.code), stdout: `${error.stdout}${error.stderr}` }),
  );

test("every block of the recipes is a file with a name, and compiles", async () => {
  expect(blocks.size).toBe(markdown.match(/^```ts$/gm)?.length);
  const options = ["--ignoreConfig", "--noEmit", "--allowImportingTsExtensions", "--types", "node", "--skipLibCheck"];
  const target = ["--target", "es2023", "--lib", "es2023", "--module", "nodenext"];
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--verbatimModuleSyntax"];
  expect(await node(tsc, ...options, ...target, ...strict, ...files.keys())).toEqual({ code: 0, stdout: "" });
});

describe("each recipe passes", () => {
  test.each(tests)("%s", async (name) => {
    const { code, stdout } = await node("--test", "--test-reporter=tap", name);
    expect(stdout).toMatch(/^# pass [1-9]/m);
    expect({ code, stdout: code === 0 ? "" : stdout }).toEqual({ code: 0, stdout: "" });
  });
});

test("the recipe of a recording is replayed from its file", async () => {
  onTestFinished(() => rm(join(folder, "recordings"), { recursive: true, force: true }));
  await rm(join(folder, "recordings"), { recursive: true, force: true });
  const file = join(folder, "recordings/checkout.json");
  expect((await node("--test", "recorded.test.ts")).code).toBe(0);
  const recorded = JSON.parse(await readFile(file, "utf8"));
  recorded.recordings[0].responses[0].json.id = "pi_of_the_file";
  await writeFile(file, JSON.stringify(recorded));
  expect((await node("--test", "recorded.test.ts")).code).toBe(0);
  expect(await readFile(file, "utf8")).toContain("pi_of_the_file");
});
