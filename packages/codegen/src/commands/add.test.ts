import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { sha256 } from "../source/sha256.js";
import { filesBelow } from "../testing/acme-project.js";
import { serve } from "../testing/local-server.js";
import { publish, serveRegistry } from "../testing/npm-registry.js";
import { type CliOptions, runCli } from "../testing/run-cli.js";
import { sampleDocument, sampleWith } from "../testing/sample-document.js";
import { tempFolder } from "../testing/temp-folder.js";

// Each connector is compiled before it is written, which takes a second or two.
vi.setConfig({ testTimeout: 30_000 });

const document = sampleWith({
  servers: [{ url: "https://api.acme.test" }],
  security: [{ key: [] }],
  components: {
    schemas: JSON.parse(sampleDocument).components.schemas,
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
  },
});

/** What of a project is its own. */
async function ownFiles(cwd: string): Promise<Record<string, string>> {
  return Object.fromEntries(Object.entries(await filesBelow(cwd)).filter(([path]) => !/^\.(cache|npm)\//.test(path)));
}

async function addTo(files: Record<string, string>, argv: readonly string[], options: Partial<CliOptions> = {}) {
  const cwd = await tempFolder({ "openapi.json": document, ...files });
  const run = await runCli(["add", ...argv], { cwd, ...options });
  return { cwd, run, files: await ownFiles(cwd) };
}

test("makes a connector in a folder of any project, pinned beside it, and says what is left", async () => {
  const { cwd, run, files } = await addTo({ "package.json": "{}" }, [
    "acme",
    "--spec",
    "openapi.json",
    "--out",
    "src/acme",
  ]);
  expect(run).toEqual({
    code: 0,
    stdout: `acme: 1 operation in src/acme, pinned in specs/acme
What the document does not tell is marked TODO in src/acme/profile.ts:
  errors: the message of an error stands nowhere in the document. Write down where answers have it, and their code.
Next: npm i @connectry/core && npm i -D @connectry/testing @connectry/codegen
Its contract test is written for node --test.
`,
    stderr: "",
  });
  expect(Object.keys(files)).toEqual([
    "openapi.json",
    "package.json",
    "specs/acme/spec.yaml",
    "specs/acme/surface.txt",
    "src/acme/README.md",
    "src/acme/contract.test.ts",
    "src/acme/generated/facts.ts",
    "src/acme/generated/operations.ts",
    "src/acme/generated/paths.ts",
    "src/acme/generated/schemas/acme.ts",
    "src/acme/generated/strategies.ts",
    "src/acme/index.ts",
    "src/acme/profile.ts",
  ]);
  expect(files["src/acme/profile.ts"]).toBe(`import type { ProviderProfile } from "@connectry/core";

/** What is particular to Acme. */
export const profile = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "header", name: "x-key", env: "ACME_API_KEY" },
  body: "json",
  // TODO: the message of an error stands nowhere in the document. Write down where answers have it, and their code.
  errors: { message: ["message"] },
} as const satisfies ProviderProfile;
`);
  expect(
    files["specs/acme/spec.yaml"],
  ).toBe(`# Where the OpenAPI document of Acme comes from. \`connectry pull acme\` fetches it and checks its hash.
profile: ../../src/acme/profile.ts
output: ../../src/acme/generated
documents:
  - name: acme
    source: ../../openapi.json
    sha256: ${sha256(document)}
`);
  expect(files["src/acme/contract.test.ts"]).toContain('import { test } from "node:test";');
  // What was written is what `generate` and `check` would write.
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining("unchanged") });
  expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0 });
});

test("a project that has vitest gets a contract test for it, and is asked to install what is missing alone", async () => {
  const manifest = JSON.stringify({
    dependencies: { "@connectry/core": "1" },
    devDependencies: { vitest: "5", "@connectry/codegen": "1" },
  });
  const { run, files } = await addTo({ "package.json": manifest }, [
    "acme",
    "--spec",
    "openapi.json",
    "--out",
    "src/acme",
  ]);
  expect(files["src/acme/contract.test.ts"]).toContain('import { test } from "vitest";');
  expect(run.stdout).toContain("Next: npm i -D @connectry/testing\nIts contract test is written for vitest.\n");
});

const repository = {
  "packages/connectors/other/package.json": "{}",
  "specs/other/surface.txt": "",
  ".changeset/config.json": "{}",
  "examples/package.json": `${JSON.stringify({ name: "examples", dependencies: { "@connectry/zebra": "workspace:^" } }, undefined, 2)}\n`,
};

test("makes a package in a repository of connectors, with its changeset", async () => {
  const { run, files } = await addTo(repository, ["acme", "--spec", "openapi.json"]);
  expect(run).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("acme: 1 operation in packages/connectors/acme, pinned in specs/acme"),
  });
  expect(
    Object.keys(files).filter((path) => path.startsWith("packages/connectors/acme/") && !path.includes("generated")),
  ).toEqual(
    [
      "README.md",
      "package.json",
      "src/contract.test.ts",
      "src/index.ts",
      "src/profile.ts",
      "tsconfig.build.json",
      "tsconfig.json",
      "tsconfig.test.json",
      "turbo.json",
    ].map((path) => `packages/connectors/acme/${path}`),
  );
  expect(files[".changeset/add-acme.md"]).toBe(
    '---\n"@connectry/acme": minor\n---\n\nFirst release: a typed client for the API of Acme.\n',
  );
  expect(JSON.parse(files["examples/package.json"] ?? "").dependencies).toEqual({
    "@connectry/acme": "workspace:^",
    "@connectry/zebra": "workspace:^",
  });
  expect(files["packages/connectors/acme/src/contract.test.ts"]).toContain('import { test } from "vitest";');
});

test("pins a package's document by both hashes, and an address by the document's", async () => {
  const published = await publish("acme-openapi", "1.0.0", { "openapi.json": document });
  const registry = await serveRegistry([published]);
  const source = "npm:acme-openapi@1.0.0/openapi.json";
  const npm = await addTo({}, ["acme", "--spec", source, "--out", "acme"], { registry: registry.url });
  expect(npm.files["specs/acme/spec.yaml"]).toContain(
    `    source: ${source}\n    integrity: ${published.integrity}\n    sha256: ${sha256(document)}\n`,
  );
  const server = await serve((_request, response) => response.end(document));
  const url = await addTo({}, ["acme", "--spec", `${server.url}/openapi.json`, "--out", "acme"]);
  expect(url.files["specs/acme/spec.yaml"]).toContain(
    `    source: ${server.url}/openapi.json\n    sha256: ${sha256(document)}\n`,
  );
});

test("somebody at a terminal is asked for what the document does not tell, and again where the answer is none", async () => {
  const answers: Record<string, string[]> = {
    "Where is the API served (https://...)? ": ["ftp://x", "https://api.acme.test/v1/"],
    "How is the credential sent (bearer, basic, header NAME, query NAME)? ": ["header X-Acme"],
    "Where does an error say what went wrong (such as error.message)? ": [""],
  };
  const cwd = await tempFolder({ "openapi.json": sampleDocument });
  const ask = async (question: string) => answers[question]?.shift() ?? "unexpected question";
  const run = await runCli(["add", "acme", "--spec", "openapi.json", "--out", "acme"], { cwd, ask });
  expect(run.code).toBe(0);
  const profile = await readFile(join(cwd, "acme/profile.ts"), "utf8");
  expect(profile).toContain(
    '  baseUrl: "https://api.acme.test/v1",\n  auth: { kind: "header", name: "x-acme", env: "ACME_API_KEY" },\n',
  );
  expect(profile.match(/TODO:/g)).toHaveLength(1);
  expect(Object.values(answers).flat()).toEqual([]);
});

test.each<[string, Record<string, string>, readonly string[], RegExp]>([
  ["no place is known", {}, ["acme", "--spec", "openapi.json"], /no repository of connectors.*\n.*--out src\/acme/],
  ["the name can be no id", {}, ["Acme_2", "--spec", "openapi.json", "--out", "a"], /"Acme_2" cannot name a connector/],
  [
    "the document is none",
    { "openapi.json": "<html>" },
    ["acme", "--spec", "openapi.json", "--out", "a"],
    /is an HTML page/,
  ],
  ["the document is not there", {}, ["acme", "--spec", "gone.json", "--out", "a"], /gone\.json does not exist/],
  ["a version is left open", {}, ["acme", "--spec", "npm:acme/openapi.json", "--out", "a"], /is not of the form/],
  [
    "there is a connector already",
    { "a/profile.ts": "" },
    ["acme", "--spec", "openapi.json", "--out", "a"],
    /a\/profile\.ts is there already/,
  ],
  [
    "the pins are there already",
    { "specs/acme/spec.yaml": "" },
    ["acme", "--spec", "openapi.json", "--out", "a"],
    /spec\.yaml is there already/,
  ],
  ["no document is named", {}, ["acme", "--out", "a"], /takes one name and a document/],
  [
    "a file is where a folder should be",
    { a: "" },
    ["acme", "--spec", "openapi.json", "--out", "a"],
    /cannot be written|Nothing was changed/,
  ],
])("writes nothing where %s", async (_, more, argv, message) => {
  const cwd = await tempFolder({ "openapi.json": document, ...more });
  const before = await ownFiles(cwd);
  expect(await runCli(["add", ...argv], { cwd })).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  expect(await ownFiles(cwd)).toEqual(before);
});

test("servers of single operations that nobody can call are taken away by an overlay", async () => {
  const get = { ...JSON.parse(document).paths["/pets"].get, servers: [{ url: "https://{tenant}.acme.test" }] };
  const odd = JSON.stringify({ ...JSON.parse(document), paths: { '/it\'s "odd"/{id}': { get } } });
  const { cwd, run, files } = await addTo({ "openapi.json": odd }, ["acme", "--spec", "openapi.json", "--out", "a"]);
  expect(run.code).toBe(0);
  expect(files["specs/acme/overlay.yaml"]).toContain("no address that could be called");
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining("unchanged") });
});

test("a document that does not compile is told, with where to repair it", async () => {
  const loop = { type: ["null", "array"], items: { $ref: "#/components/schemas/Pets" } };
  const broken = sampleWith({ components: { schemas: { Pets: { allOf: [loop, { type: "null" }], ...loop } } } });
  const { run } = await addTo({ "openapi.json": broken }, ["acme", "--spec", "openapi.json", "--out", "a"]);
  expect(run).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(
      /does not compile\. Repair it in specs\/acme\/overlay\.yaml:\n {2}schemas\/acme\.ts, line/,
    ),
  });
});
