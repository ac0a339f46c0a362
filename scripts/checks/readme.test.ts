import { execFile } from "node:child_process";
import { glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const folder = join(root, "examples/readme-snippets");

/** The TypeScript blocks of a Markdown file. */
function snippets(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
}

test("every TypeScript block of every README compiles as a program of its own", async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for await (const file of glob(["*.md", "packages/*/README.md", "packages/connectors/*/README.md"], { cwd: root })) {
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
