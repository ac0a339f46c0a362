import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const connectry = join(root, "packages/codegen/bin/connectry.js");

const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const json = (schema: unknown) => ({ description: "", content: { "application/json": { schema } } });
const text = { type: "string" };
const error = json(object({ error: object({ message: text, code: text }, ["message"]) }, ["error"]));
const item = object({ id: text, name: text }, ["id"]);
const path = [{ name: "id", in: "path", required: true, schema: text }];
const page = object({ data: { type: "array", items: item }, next_cursor: { type: "string", nullable: true } }, [
  "data",
]);
const query = [
  { name: "cursor", in: "query", schema: text },
  { name: "limit", in: "query", schema: { type: "integer" } },
];

/** A document with all facts that a profile needs, and with a list, reads and writes. */
const document = {
  openapi: "3.0.3",
  info: { title: "Acme Billing API", version: "2024-01" },
  servers: [{ url: "https://api.acme.test/v1" }],
  security: [{ key: [] }],
  paths: {
    "/invoices": {
      get: { operationId: "listInvoices", parameters: query, responses: { 200: json(page), default: error } },
      post: {
        operationId: "createInvoice",
        parameters: [{ name: "Idempotency-Key", in: "header", schema: text }],
        requestBody: { required: true, ...json(object({ name: text }, ["name"])) },
        responses: { 201: json(item), default: error },
      },
    },
    "/invoices/{id}": {
      get: { operationId: "getInvoice", parameters: path, responses: { 200: json(item), default: error } },
      delete: {
        operationId: "deleteInvoice",
        parameters: path,
        responses: { 204: { description: "" }, default: error },
      },
    },
  },
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Acme-Key" } } },
};

/** Creates a folder with files by their paths and with our packages installed; it is deleted when the test ends. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-add-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ "openapi.json": JSON.stringify(document), ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  for (const name of ["@connectry/core", "@connectry/testing", "@connectry/codegen", "@types/node"]) {
    await mkdir(dirname(join(folder, "node_modules", name)), { recursive: true });
    const own = name.startsWith("@connectry/")
      ? join("packages", name.slice("@connectry/".length))
      : join("node_modules", name);
    await symlink(join(root, own), join(folder, "node_modules", name));
  }
  return folder;
}

/** Runs a program with the repository's Node, without a terminal. */
const node = (cwd: string, ...args: string[]) => run(process.execPath, args, { cwd });

test("a new connector compiles with its README's programs, and passes its contract test", async () => {
  const options = {
    outDir: "dist",
    rootDir: "src",
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    strict: true,
    noUnusedLocals: true,
  };
  const folder = await project({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions: options, include: ["src"] }),
  });
  const { stdout } = await node(folder, connectry, "add", "acme", "--spec", "openapi.json", "--out", "src/acme");
  expect(stdout).not.toContain("TODO");
  const readme = await readFile(join(folder, "src/acme/README.md"), "utf8");
  const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
  expect(snippets[0]).toContain('client.paginate("/invoices")');
  for (const [index, code] of snippets.entries())
    await writeFile(join(folder, `src/snippet-${index}.ts`), code.replaceAll("./src/acme/", "./acme/"));

  await node(folder, join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
  const contract = await node(folder, "--test", "--test-reporter=tap", "dist/acme/contract.test.js");
  expect(contract.stdout).toMatch(/^# fail 0$/m);
  // Pagination, idempotency keys and quotas are checked because they were read from the document.
  expect(contract.stdout).toContain("by a cursor from next_cursor in cursor of the query");
  expect(contract.stdout).toContain("every write has its own idempotency-key");
});

test("a new package has the files, exports and sections that every connector of this repository has", async () => {
  const folder = await project({
    "packages/connectors/none/.keep": "",
    "specs/none/.keep": "",
    ".changeset/config.json": "{}",
  });
  await node(folder, connectry, "add", "acme", "--spec", "openapi.json");
  const own = join(folder, "packages/connectors/acme");
  const ours = join(root, "packages/connectors/stripe");
  const read = (base: string, name: string) => readFile(join(base, name), "utf8");
  for (const name of ["turbo.json", "tsconfig.json", "tsconfig.build.json", "tsconfig.test.json"])
    expect(await read(own, name)).toBe((await read(ours, name)).replaceAll("stripe", "acme"));

  const manifest = async (base: string) => {
    const { description: _, keywords: __, version: ___, ...rest } = JSON.parse(await read(base, "package.json"));
    // No document describes how a provider signs its webhooks.
    const { "./webhooks": ____, ...exports } = rest.exports;
    // The official client is only there for a test of ours with it.
    const { stripe: _____, ...devDependencies } = rest.devDependencies;
    return { ...rest, exports, devDependencies };
  };
  expect(await manifest(own)).toEqual(JSON.parse(JSON.stringify(await manifest(ours)).replaceAll("stripe", "acme")));

  const exported = async (base: string, type: string) => {
    const code = await read(base, "src/index.ts");
    const lists = [...code.matchAll(/^export (?:type )?(?:\{([^}]+)\}|(?:function|type) (\w+))/gm)];
    const names = lists.flatMap(([, list, single]) => list?.split(",") ?? [single ?? ""]);
    return names.map((name) => name.trim().replace(type, "*"));
  };
  expect(await exported(own, "Acme")).toEqual(await exported(ours, "Stripe"));

  const sections = async (base: string, name: string) =>
    (await read(base, "README.md")).match(/^## (?!Webhooks$).*$/gm)?.map((line) => line.replace(name, "*"));
  expect(await sections(own, "Acme Billing")).toEqual(await sections(ours, "Stripe"));
  const code = `${await read(own, "src/index.ts")}${await read(own, "src/profile.ts")}`;
  expect(code.split("\n").length).toBeLessThanOrEqual(100);
  // A new connector has the format of the formatter, and passes lint.
  const { vcs: _, ...config } = JSON.parse(await read(root, "biome.json"));
  await writeFile(join(folder, "biome.json"), JSON.stringify(config));
  await run(join(root, "node_modules/.bin/biome"), ["check", "packages/connectors"], { cwd: folder });
});
