// `npm create connectry` and `npx connectry`, as a user runs them: from the registry, on each Node.
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { readConnectors } from "../../../scripts/connectors.ts";
import { consumerEnvironment } from "../../../scripts/environments.ts";
import { createConsumer } from "./consumer.ts";

const run = promisify(execFile);
const root = inject("root");
const parent = join(inject("consumer"), "../created");
const connectors = readConnectors(root);
const ids = connectors.map(({ id }) => id);

/**
 * The tests of webhook routes: a delivery that the vendor has signed, which a project's tests sign as well unless the key of it is fetched
 * from the vendor, and one that it has not signed.
 */
async function countDeliveryTests(): Promise<number> {
  const texts = await Promise.all(
    connectors.map(({ folder }) => readFile(join(root, folder, "test/responses.json"), "utf8")),
  );
  const deliveries = texts.flatMap((text) => JSON.parse(text).webhook ?? []).filter(({ request }) => request);
  return deliveries.reduce((sum, { fetched }) => sum + (fetched === undefined ? 2 : 1), 0);
}

/** Runs npm or npx by a Node of this repository, as a user does; returns what it prints to stdout. */
async function runOn(node: string, [command = "", ...args]: readonly string[], cwd = parent): Promise<string> {
  const env = {
    ...consumerEnvironment(),
    PATH: `${dirname(join(root, "node_modules", node))}${delimiter}${process.env.PATH}`,
    npm_config_update_notifier: "false",
  };
  const options = { cwd, env, maxBuffer: 16 * 1024 * 1024 };
  const { stdout } = await run(command, args, options).catch((error) => {
    throw new Error(`${command} ${args.join(" ")} failed:\n${error.stdout}${error.stderr}`, { cause: error });
  });
  return stdout;
}

beforeAll(async () => {
  await mkdir(parent, { recursive: true });
  const settings = `registry=${inject("registry")}\ncache=${join(parent, "../npm-cache")}\naudit=false\nfund=false\n`;
  await writeFile(join(parent, ".npmrc"), settings);
});

const nodes = { "Node 20": "node20/bin/node", "Node 24": "node/bin/node" };
const frameworks = ["hono", "express", "fastify", "node"];

describe.each(Object.entries(nodes))("on %s", (title, node) => {
  const major = title.replace(/\D/g, "");

  test("the command runs on this Node", async () => {
    expect(await runOn(node, ["node", "--version"])).toMatch(new RegExp(`^v${major}\\.`));
  });

  test("npm create connectry writes, installs, type-checks and tests a project that calls every provider", async () => {
    const folder = `all-${major}`;
    const npm = ["npm", "create", "--yes", "connectry", folder, "--", "--providers", ids.join(), "--framework", "hono"];
    const output = await runOn(node, npm);
    expect(output).toContain("It runs.");
    // Two tests of each client, and those of its webhook route.
    const tests = 2 * ids.length + (await countDeliveryTests());
    expect(output).toMatch(new RegExp(`^(# |ℹ )pass ${tests}$`, "m"));
    expect(output).toMatch(/^(# |ℹ )fail 0$/m);
    const { dependencies } = JSON.parse(await readFile(join(parent, folder, "package.json"), "utf8"));
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(ids.map((id) => `@connectry/${id}`)));
  }, 900_000);

  test.each(frameworks.slice(1))(
    "a project with %s is type-checked and receives webhooks",
    async (framework) => {
      const folder = `${framework}-${major}`;
      const npm = ["npm", "create", "--yes", "connectry", folder, "--", "-p", "stripe", "-f", framework];
      const output = await runOn(node, npm);
      expect(output).toMatch(/^(# |ℹ )pass 4$/m);
      expect(output).toMatch(/^(# |ℹ )fail 0$/m);
    },
    300_000,
  );

  test("npx connectry runs the command of codegen, without an installation and where codegen is installed as well", async () => {
    const { version } = JSON.parse(await readFile(join(inject("workspace"), "packages/codegen/package.json"), "utf8"));
    expect((await runOn(node, ["npx", "--yes", "connectry", "--version"])).trim()).toBe(version);
    const both = await createConsumer(join(parent, `both-${major}`), inject("registry"), [
      "connectry",
      "@connectry/codegen",
    ]);
    expect((await runOn(node, ["npx", "connectry", "--version"], both)).trim()).toBe(version);
    expect(await runOn(node, ["npx", "connectry", "help", "mcp"], both)).toContain("connectry mcp WHAT");
  }, 300_000);
});
