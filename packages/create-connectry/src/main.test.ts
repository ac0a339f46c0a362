import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { readConnectors } from "../../../scripts/connectors.ts";
import { frameworks } from "./frameworks.js";
import { catalog } from "./generated/catalog.js";
import { main } from "./main.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "connectry-create-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

/** Runs the command without a terminal; npm commands exit with the given codes. */
async function run(argv: readonly string[], codes: readonly number[] = [0, 0, 0]) {
  const [output, errors, commands]: [string[], string[], string[]] = [[], [], []];
  const code = await main(argv, {
    isTerminal: false,
    print: (text) => void output.push(text),
    printError: (text) => void errors.push(text),
    npm: async (_, args) => codes[commands.push(args.join(" ")) - 1] ?? 0,
  });
  return { code, output: output.join("\n"), errors: errors.join("\n"), commands };
}

test("its providers are all connectors of the one list, each with a read and the names of its credentials", () => {
  const connectors = readConnectors(root);
  expect(catalog.providers.map(({ id }) => id)).toEqual(connectors.map(({ id }) => id));
  for (const { env, packageName, create } of catalog.providers) {
    expect(env.length).toBeGreaterThan(0);
    expect(connectors).toContainEqual(expect.objectContaining({ packageName, create }));
  }
});

test("without a terminal, a project is written, installed, type-checked and tested, in this order", async () => {
  const app = join(folder, "My App");
  const { code, commands, output } = await run([app, "--providers", "stripe,github"]);
  expect({ code, commands }).toEqual({ code: 0, commands: ["install", "run check", "test"] });
  expect(output).toContain("It runs.");
  const manifest = JSON.parse(await readFile(join(app, "package.json"), "utf8"));
  expect(manifest.name).toBe("my-app");
  expect(manifest.dependencies).toEqual({ "@connectry/github": "latest", "@connectry/stripe": "latest" });
  expect((await readdir(join(app, "src"))).sort()).toEqual(
    ["github", "stripe"]
      .flatMap((id) => [`${id}-webhook.test.ts`, `${id}-webhook.ts`, `${id}.test.ts`, `${id}.ts`])
      .concat("main.ts", "server.ts")
      .sort(),
  );
  expect(await readFile(join(app, ".env.example"), "utf8")).toMatch(/^STRIPE_SECRET_KEY=\nSTRIPE_WEBHOOK_SECRET=$/m);
});

test("a variable that is a credential and a webhook's secret is in .env.example once", async () => {
  const app = join(folder, "app");
  await run([app, "-p", "twilio", "--no-install"]);
  expect((await readFile(join(app, ".env.example"), "utf8")).match(/TWILIO_AUTH_TOKEN=/g)).toHaveLength(1);
});

test("a provider whose read is a POST and whose keys are fetched gets its body and `jose`, and no delivery that is accepted", async () => {
  const app = join(folder, "app");
  await run([app, "-p", "plaid", "--no-install"]);
  const read = (name: string) => readFile(join(app, name), "utf8");
  expect(await read("src/plaid.ts")).toContain('client.POST("/institutions/get", { body: {"count":1');
  expect(JSON.parse(await read("package.json")).dependencies).toHaveProperty("jose");
  expect((await read("src/plaid-webhook.test.ts")).match(/^test\(.*/gm)).toEqual([
    'test("a delivery that is not signed by Plaid is rejected", async () => {',
  ]);
});

test("R49: its workflow pins each action by a commit, and has no permission but to read", async () => {
  const app = join(folder, "app");
  await run([app, "-p", "stripe", "--no-install"]);
  const text = await readFile(join(app, ".github/workflows/update-providers.yml"), "utf8");
  const uses = text.split("\n").filter((line) => line.includes("uses:"));
  expect(uses).toHaveLength(2);
  for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(text).toContain("permissions: {}\n");
  expect(text.match(/: (read|write)\b/g)).toEqual([": read"]);
});

test.each(Object.keys(frameworks))("%s has a route for each provider with webhooks", async (framework) => {
  const app = join(folder, "app");
  const ids = catalog.providers.map(({ id }) => id);
  const { code, commands } = await run([app, "-p", ids.join(), "-f", framework, "--no-install"]);
  expect({ code, commands }).toEqual({ code: 0, commands: [] });
  const server = await readFile(join(app, "src/server.ts"), "utf8");
  const receiving = catalog.providers.filter(({ webhook }) => webhook !== undefined);
  expect(
    [...server.matchAll(/\/webhooks\/([\w-]+)"/g)].map(([, id]) => id).filter((id) => ids.includes(id ?? "")),
  ).toEqual(receiving.map(({ id }) => id));
});

test("where npm fails, the exit code is 1, nothing follows, and the files remain", async () => {
  const app = join(folder, "app");
  const { code, commands, errors } = await run([app, "-p", "stripe"], [0, 2]);
  expect({ code, commands }).toEqual({ code: 1, commands: ["install", "run check"] });
  expect(errors).toBe(
    `create-connectry: \`npm run check\` failed in ${app}. The files are written: try it there again.`,
  );
  await access(join(app, "src/stripe.ts"));
});

describe("a mistake is one message, and nothing is written", () => {
  test.each([
    [[], "Pass `--providers`, such as `--providers stripe,github`. See --help."],
    [["-p", "acme"], /^There is no provider "acme": `--providers` takes .*github, .*hubspot/],
    [["-p", ","], /^`--providers` requires one or more of .*github/],
    [["-p", "stripe", "-f", "rails"], '`--framework` must be one of hono, express, fastify, node, got "rails".'],
    [["-p", "stripe", "--frame", "hono"], "Unknown option '--frame'. See --help."],
    [["other", "-p", "stripe"], /^One folder is created, got /],
  ] as const)("%j", async (argv, message) => {
    const app = join(folder, "app");
    const { code, errors, commands } = await run([app, ...argv]);
    expect({ code, commands }).toEqual({ code: 1, commands: [] });
    const text = errors.replace("create-connectry: ", "");
    if (typeof message === "string") expect(text).toBe(message);
    else expect(text).toMatch(message);
    expect(await readdir(folder)).toEqual([]);
  });

  test("a folder that is not empty is refused, and a new repository is not", async () => {
    await writeFile(join(folder, "mine.txt"), "mine");
    expect(await run([folder, "-p", "stripe"])).toMatchObject({
      code: 1,
      errors: `create-connectry: ${folder} is not empty: choose another folder.`,
    });
    expect(await readdir(folder)).toEqual(["mine.txt"]);
    await mkdir(join(folder, "new/.git"), { recursive: true });
    expect((await run([join(folder, "new"), "-p", "stripe", "--no-install"])).code).toBe(0);
  });
});

test("--help names every provider and framework, and --version is that of package.json", async () => {
  const { output } = await run(["--help"]);
  for (const name of [...catalog.providers.map(({ id }) => id), ...Object.keys(frameworks)])
    expect(output).toContain(name);
  const { version } = JSON.parse(await readFile(join(root, "packages/create-connectry/package.json"), "utf8"));
  expect((await run(["--version"])).output).toBe(version);
});
