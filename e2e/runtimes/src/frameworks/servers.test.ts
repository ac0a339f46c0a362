import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FakeProvider } from "@connectry/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { buildPrograms } from "../build-programs.ts";
import { startStripe } from "../fake-providers.ts";
import { bun, deno } from "../runtime.ts";
import { build, environmentOf, fileOf, programOf, start } from "./example.ts";
import { expectCustomers } from "./expect-customers.ts";

let provider: FakeProvider;

beforeAll(async () => {
  provider = await startStripe();
}, 120_000);

afterAll(() => provider?.close());

async function startExample(name: string, command: readonly [string, ...string[]]) {
  const example = await start(command, { cwd: fileOf(name), env: environmentOf(provider) });
  onTestFinished(() => example.stop());
  return example;
}

// Without a network, and without an install: packages are those of the examples' node_modules.
const denoArgs = [
  "--no-prompt",
  "--allow-net",
  "--allow-env",
  "--allow-read",
  "--node-modules-dir=manual",
  "--cached-only",
];

test.each<[name: string, command: () => readonly [string, ...string[]]]>([
  ["express", () => [process.execPath, "server.ts"]],
  ["fastify", () => [process.execPath, "server.ts"]],
  ["hono", () => [process.execPath, "server.ts"]],
  ["docker", () => [process.execPath, "server.ts"]],
  ["bun", () => [bun(), "server.ts"]],
  ["deno", () => [deno(), "run", ...denoArgs, "server.ts"]],
])(
  "examples/frameworks/%s creates and reads customers",
  async (name, command) => {
    const { url } = await startExample(name, command());
    await expectCustomers(provider, (path, init) => fetch(`${url}${path}`, init));
  },
  60_000,
);

test("examples/frameworks/deno passes Deno's own type check, beside the packed connector", async () => {
  const programs = await buildPrograms();
  onTestFinished(() => rm(programs.folder, { recursive: true, force: true }));
  await copyFile(fileOf("deno/server.ts"), join(programs.folder, "server.ts"));
  await build([deno(), "check", "--node-modules-dir=manual", "server.ts"], { cwd: programs.folder });
}, 120_000);

test("examples/frameworks/nest is compiled to CommonJS, and creates and reads customers", async () => {
  await build([fileOf("../../node_modules/.bin/tsc"), "-p", "."], { cwd: fileOf("nest") });
  const { url } = await startExample("nest", [process.execPath, "dist/main.js"]);
  await expectCustomers(provider, (path, init) => fetch(`${url}${path}`, init));
}, 120_000);

test("examples/frameworks/vite-ssr renders customers for each request, and nothing of the client is sent to browsers", async () => {
  const cwd = fileOf("vite-ssr");
  await build([programOf("vite"), "build"], { cwd });
  await build([programOf("vite"), "build", "--ssr", "src/entry-server.ts", "--outDir", "dist/server"], { cwd });
  const { url } = await startExample("vite-ssr", [process.execPath, "server.ts"]);
  const earlier = provider.requests.length;
  const page = await (await fetch(url)).text();
  expect(page.match(/<li>/g)).toHaveLength(3);
  await fetch(url);
  expect(provider.requests).toHaveLength(earlier + 2);
  const [, script] = /src="(\/assets\/[^"]+)"/.exec(page) ?? [];
  const code = await (await fetch(`${url}${script}`)).text();
  expect(code).toContain("customers");
  expect(code).not.toMatch(/stripe|sk_test/);
}, 120_000);
