import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const examples = fileURLToPath(new URL("../../examples", import.meta.url));
// TypeScript 5.9 prints the count; codegen has it as the peer of openapi-typescript.
const tsc = createRequire(new URL("../../packages/codegen/package.json", import.meta.url)).resolve(
  "typescript/bin/tsc",
);
const options = "--noEmit --strict --target es2022 --module nodenext --types node --extendedDiagnostics".split(" ");

/** What TypeScript prints about a program of examples/. Rejects where the program does not compile. */
async function diagnose(program: string, ...more: readonly string[]): Promise<(name: string) => number> {
  const { stdout } = await run(process.execPath, [tsc, ...options, ...more, program], { cwd: examples });
  return (name) => Number(new RegExp(`^${name}:\\s+(\\d+)$`, "m").exec(stdout)?.[1]);
}

/** Counts the types that TypeScript instantiates for a program. */
async function instantiations(program: string): Promise<number> {
  return (await diagnose(program, "--skipLibCheck"))("Instantiations");
}

test("two calls, a pagination and a safe call cost TypeScript 5.9 at most 1,500 instantiations", async () => {
  const count = await instantiations("two-calls.ts");
  console.log(`two-calls.ts: ${count} instantiations`);
  expect(count).toBeLessThanOrEqual(1_500);
});

test("the same calls by their paths as members cost TypeScript 5.9 at most 1,500 instantiations", async () => {
  const count = await instantiations("by-path.ts");
  console.log(`by-path.ts: ${count} instantiations`);
  expect(count).toBeLessThanOrEqual(1_500);
});

test("typed handlers of Stripe's and GitHub's events cost TypeScript 5.9 at most 500 instantiations", async () => {
  const count = await instantiations("webhook-events.ts");
  console.log(`webhook-events.ts: ${count} instantiations`);
  expect(count).toBeLessThanOrEqual(500);
});

test("with skipLibCheck false, one import of @connectry/stripe takes fewer types than one of stripe", async () => {
  const [ours, official] = await Promise.all(
    ["one-import.ts", "one-import-official.ts"].map(async (program) => (await diagnose(program))("Types")),
  );
  console.log(`@connectry/stripe: ${ours} types, stripe: ${official} types`);
  expect(official).toBeGreaterThan(10_000);
  expect(ours).toBeLessThan(official as number);
});
