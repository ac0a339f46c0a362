import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStripeStub } from "./stripe-stub.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);
const nodes = { "Node 20": "node20/bin/node", "Node 24": "node/bin/node" };
const compilers = {
  "TypeScript 5.9": createRequire(join(root, "packages/codegen/package.json")).resolve("typescript/bin/tsc"),
  "TypeScript 7": join(root, "node_modules/typescript/bin/tsc"),
};
const timeout = 120_000;

const program = `
import { createStripe, NotFoundError } from "@connectry/stripe";
import { GetCustomersCustomer } from "@connectry/stripe/operations";

const stripe = createStripe({ auth: "sk_test_stranger", baseUrl: process.env.STRIPE_URL });
const { data: customer } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
const email: string | null | undefined = customer.email;
const { error } = await stripe.safe.call(GetCustomersCustomer, { params: { path: { customer: "cus_missing" } } });
console.log(customer.id, email, NotFoundError.isInstance(error));
`;

const commonJs = `
const { createStripe } = require("@connectry/stripe");
createStripe({ auth: "sk_test_stranger", baseUrl: process.env.STRIPE_URL })
  .POST("/v1/customers", { body: { email: "ada@example.com" } })
  .then(({ data }) => console.log(data.id));
`;

let folder: string;

/** npm as the stranger has it: none of the settings that this repository's own scripts run under. */
async function npm(args: readonly string[]): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name)));
  await run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, env });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "connectry-stranger-"));
  for (const name of ["core", "connectors/stripe"]) {
    await run("npx", ["-y", "pnpm@12", "pack", "--pack-destination", folder], { cwd: join(root, "packages", name) });
  }
  const tarballs = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  await npm(["install", "--ignore-scripts", ...tarballs.map((name) => `./${name}`)]);
  await writeFile(join(folder, "program.ts"), program);
  await writeFile(join(folder, "program.cjs"), commonJs);
}, timeout);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every file of an installed package, relative to it. */
async function filesOf(name: string): Promise<string[]> {
  const entries = await readdir(join(folder, "node_modules", name), { recursive: true, withFileTypes: true });
  const base = join(folder, "node_modules", name);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
    .sort();
}

test("installing @connectry/stripe brings core, openapi-fetch and what that needs, and nothing else", async () => {
  const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8")) as { packages: object };
  const installed = Object.keys(lock.packages)
    .filter((path) => path !== "")
    .map((path) => path.replace("node_modules/", ""));
  expect(installed.sort()).toEqual([
    "@connectry/core",
    "@connectry/stripe",
    "openapi-fetch",
    "openapi-typescript-helpers",
  ]);
});

test("the packages hold their build, papers and pins, and no source or test of ours", async () => {
  for (const name of ["@connectry/core", "@connectry/stripe"]) {
    const files = await filesOf(name);
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "package.json", "dist/index.js", "dist/index.d.ts"]),
    );
    expect(
      files.filter(
        (file) => !/^(dist\/.+\.(js|d\.ts)|spec\/[a-z.]+\.yaml|LICENSE|README\.md|package\.json)$/.test(file),
      ),
    ).toEqual([]);
    expect(files.filter((file) => /\.test\b|test-d/.test(file))).toEqual([]);
  }
});

test.each(Object.entries(compilers))(
  "a stranger's program type-checks with %s, libraries included",
  async (_, tsc) => {
    const types = require.resolve("@types/node/package.json").replace("/node/package.json", "");
    const options = "--noEmit --strict --target es2022 --module nodenext --types node --typeRoots".split(" ");
    await run(process.execPath, [tsc, ...options, types, "program.ts"], { cwd: folder });
  },
  timeout,
);

test.each(Object.entries(nodes))(
  "on %s the program runs as ESM and by require()",
  async (_, node) => {
    await using stripe = await startStripeStub();
    const env = { ...process.env, STRIPE_URL: stripe.url };
    const { outputFiles } = await import("esbuild").then((esbuild) =>
      esbuild.build({ stdin: { contents: program, loader: "ts" }, format: "esm", write: false }),
    );
    await writeFile(join(folder, "program.js"), outputFiles[0]?.contents ?? "");
    const binary = join(root, "node_modules", node);
    const esm = await run(binary, ["program.js"], { cwd: folder, env });
    expect(esm.stdout.trim()).toBe("cus_1 ada@example.com true");
    const cjs = await run(binary, ["program.cjs"], { cwd: folder, env });
    expect(cjs.stdout.trim()).toBe("cus_1");
  },
  timeout,
);
