import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { writeReadmePrograms } from "../readme-programs.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const folder = join(root, "examples/readme-snippets");

test("every TypeScript block of every README compiles as a program of its own", async () => {
  const written = writeReadmePrograms(folder).flatMap(({ files }) => files.map((file) => basename(file)));
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
