import { execFile } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { consumerEnvironment } from "../../../scripts/environments.ts";

const run = promisify(execFile);
const folders = ["", "e2e/release/", "e2e/runtimes/", "benchmarks/mutation/"];

/** Adds a package to an empty project under the rules of one of our folders; returns the output of pnpm and its exit code. */
async function add(
  rules: string,
  name: string,
  dependency: string,
): Promise<{ code: number; text: string; folder: string }> {
  const folder = join(inject("workspace"), "..", `${name}-${rules.replaceAll("/", "-") || "root"}`);
  await mkdir(folder, { recursive: true });
  await copyFile(join(inject("root"), rules, "pnpm-workspace.yaml"), join(folder, "pnpm-workspace.yaml"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name, private: true }));
  await writeFile(join(folder, ".npmrc"), `registry=${inject("registry")}\n`);
  const options = { cwd: folder, env: { ...consumerEnvironment(), CI: "1" } };
  const done = await run("npx", ["-y", "pnpm@12", "add", "--workspace-root", dependency], options).catch(
    (error) => error,
  );
  // pnpm breaks long lines.
  return { code: done.code ?? 0, text: `${done.stdout}${done.stderr}`.replaceAll(/\s+/g, " "), folder };
}

/** Packs a package for a test. */
async function pack(manifest: { readonly name: string } & Readonly<Record<string, unknown>>): Promise<string> {
  const folder = join(inject("workspace"), "..", `source-of-${manifest.name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ version: "1.0.0", ...manifest }));
  await run("npm", ["pack", "--loglevel=error"], { cwd: folder, env: consumerEnvironment() });
  const [tarball] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
  return join(folder, tarball ?? "");
}

test.each(folders)("R49: pnpm rejects a version that is minutes old, by the rules of ./%s", async (rules) => {
  const { code, text } = await add(rules, "young", "@connectry/core");
  expect(text).toMatch(/minimumReleaseAge/i);
  expect(code).not.toBe(0);
});

test.each(folders)("R49: pnpm rejects an install script that is not listed, by the rules of ./%s", async (rules) => {
  const scripted = await pack({
    name: "scripted",
    scripts: { postinstall: "node -e \"require('fs').writeFileSync(process.env.INIT_CWD + '/ran', '')\"" },
  });
  const { code, text, folder } = await add(rules, "unlisted", scripted);
  expect(text).toContain("Ignored build scripts: scripted");
  expect(code).not.toBe(0);
  expect(await readdir(folder)).not.toContain("ran");
});

test.each(folders)(
  "R49: pnpm rejects a dependency's dependency from outside the registry, by the rules of ./%s",
  async (rules) => {
    const hidden = await readFile(await pack({ name: "hidden" }));
    const server = createServer((_, response) => response.end(hidden)).listen(0, "127.0.0.1");
    try {
      await once(server, "listening");
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hidden-1.0.0.tgz`;
      const exotic = await pack({ name: "exotic", dependencies: { hidden: url } });
      const { code, text } = await add(rules, "past-the-registry", exotic);
      expect(text).toContain("not allowed in subdependencies");
      expect(code).not.toBe(0);
    } finally {
      server.close();
    }
  },
);
