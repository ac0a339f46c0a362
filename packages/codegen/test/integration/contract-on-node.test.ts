import { execFile } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { runCli, testEnvironment } from "../run-cli.js";
import { sampleDocument } from "../sample-document.js";
import { tempFolder } from "../temp-folder.js";

const packages = resolve(import.meta.dirname, "../../..");
const modules = {
  "@connectry/core": join(packages, "core"),
  "@connectry/testing": join(packages, "testing"),
  "@connectry/codegen": join(packages, "codegen"),
  tsx: dirname(createRequire(import.meta.url).resolve("tsx/package.json")),
};

// Node 20 knows no TypeScript, and Node 24 does not find index.ts for index.js.
test.each(["node20", "node"])(
  "the contract test of a new connector runs on %s as its message says",
  async (name) => {
    const cwd = await tempFolder({ "package.json": '{ "type": "module" }', "openapi.json": sampleDocument });
    const { stdout } = await runCli(["add", "acme", "--spec", "openapi.json", "--out", "src/acme"], { cwd });
    const argv = /^Test it: node (.*)$/m.exec(stdout)?.[1]?.split(" ") ?? [];
    await mkdir(join(cwd, "node_modules/@connectry"), { recursive: true });
    for (const [module, folder] of Object.entries(modules)) await symlink(folder, join(cwd, "node_modules", module));
    const binary = resolve(packages, "../node_modules", name, "bin/node");
    const { stdout: report } = await promisify(execFile)(binary, ["--test-reporter=tap", ...argv], {
      cwd,
      env: { ...testEnvironment(cwd), PATH: process.env.PATH },
    });
    expect(report).toMatch(/^# fail 0$/m);
    expect(Number(/^# pass (\d+)$/m.exec(report)?.[1])).toBeGreaterThan(5);
  },
  120_000,
);
