import { execFile } from "node:child_process";
import { glob, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readConnectors } from "../connectors.ts";
import { leftOutConnectors } from "../left-out.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const folder = join(root, "examples/readme-snippets");
const leftOut = leftOutConnectors(root);
const connectors = readConnectors(root).filter(({ id }) => !leftOut.includes(id));

/** The TypeScript blocks of a Markdown file. */
function snippets(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
}

test("every TypeScript block of every README compiles as a program of its own", async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // A program of a connector's README has that connector installed, without examples/ naming it.
  await mkdir(join(folder, "node_modules/@connectry"), { recursive: true });
  for (const { id, folder: own } of connectors)
    await symlink(join(root, own), join(folder, "node_modules/@connectry", id));
  const written: string[] = [];
  const readmes = ["*.md", "packages/*/README.md", ...connectors.map(({ folder: own }) => `${own}/README.md`)];
  for await (const file of glob(readmes, { cwd: root })) {
    for (const [index, code] of snippets(await readFile(join(root, file), "utf8")).entries()) {
      const name = `${file.replaceAll(/[/.]/g, "-")}-${index + 1}.ts`;
      await writeFile(join(folder, name), `${code}\nexport {};\n`);
      written.push(name);
    }
  }
  expect(written.length).toBeGreaterThan(0);
  const options = [
    ...[
      "--ignoreConfig",
      "--noEmit",
      "--target",
      "es2023",
      "--module",
      "nodenext",
      "--types",
      "node",
      "--skipLibCheck",
    ],
    // Under the strictest settings, and without the types of browsers, which a program on a server does not have.
    ...["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--lib", "es2023"],
    ...["--noImplicitReturns", "--noImplicitOverride", "--verbatimModuleSyntax"],
  ];
  const checked = await run(process.execPath, [tsc, ...options, ...written], { cwd: folder }).catch((error) => error);
  expect(checked.stdout).toBe("");
  await rm(folder, { recursive: true, force: true });
});
