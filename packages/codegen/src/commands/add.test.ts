import { responseProblems } from "@connectry/testing/responses";
import { expect, test } from "vitest";
import { addTo, document } from "../../test/add-to.js";
import { serve } from "../../test/local-server.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument } from "../../test/sample-document.js";
import { tempFolder } from "../../test/temp-folder.js";
import { sha256 } from "../source/sha256.js";

test("add creates a connector and its pin in a folder of any project, and lists the TODOs", async () => {
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
The document does not say everything. Check what is marked TODO in src/acme/profile.ts:
  errors: the message of an error is not described in the document. Enter its path, and that of the code.
Next: npm i @connectry/core && npm i -D @connectry/testing @connectry/codegen tsx
Test it: node --import tsx --test src/acme/contract.test.ts
`,
    stderr: "generating acme\ntype-checking acme\n",
  });
  expect(Object.keys(files)).toEqual([
    "openapi.json",
    "package.json",
    "specs/acme/spec.yaml",
    "specs/acme/surface.txt",
    "src/acme/README.md",
    "src/acme/contract.test.ts",
    "src/acme/generated/by-path.ts",
    "src/acme/generated/facts.ts",
    "src/acme/generated/operations.ts",
    "src/acme/generated/paths.ts",
    "src/acme/generated/schema.ts",
    "src/acme/generated/schemas/acme.ts",
    "src/acme/generated/strategies.ts",
    "src/acme/generated/types.ts",
    "src/acme/index.ts",
    "src/acme/profile.ts",
  ]);
  expect(files["src/acme/profile.ts"]).toBe(`import type { ProviderProfile } from "@connectry/core";

/** The facts about Acme that its document does not have. */
export const profile = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "header", name: "x-key", env: "ACME_API_KEY" },
  body: "json",
  // TODO: the message of an error is not described in the document. Enter its path, and that of the code.
  errors: { message: ["message"] },
} as const satisfies ProviderProfile;
`);
  expect(
    files["specs/acme/spec.yaml"],
  ).toBe(`# The source of the OpenAPI document of Acme. \`connectry pull acme\` fetches it and verifies its hash.
profile: ../../src/acme/profile.ts
output: ../../src/acme/generated
documents:
  - name: acme
    source: ../../openapi.json
    sha256: ${sha256(document)}
`);
  expect(files["src/acme/contract.test.ts"]).toContain('import { test } from "node:test";');
  // `generate` and `check` give the same output.
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining("unchanged") });
  expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0 });
});

test("add writes a vitest test for a project with vitest, and asks to install only missing packages", async () => {
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
  expect(run.stdout).toContain(
    "Next: npm i -D @connectry/testing\nTest it: npx vitest run src/acme/contract.test.ts\n",
  );
});

const fixes = `overlay: 1.0.0
info: { title: Corrections, version: 1.0.0 }
actions:
  # The path has another name.
  - target: $.info
    update: { title: Corrected }
`;

test("add applies an overlay and copies it to specs, and takes one that is there already", async () => {
  const argv = ["acme", "--spec", "openapi.json", "--out", "src/acme"];
  const given = await addTo({ "package.json": "{}", "fixes.yaml": fixes }, [...argv, "--overlay", "fixes.yaml"]);
  expect(given.files["specs/acme/overlay.yaml"]).toBe(fixes);
  expect(given.files["src/acme/profile.ts"]).toContain('name: "Corrected"');
  const own = await addTo({ "package.json": "{}", "specs/acme/overlay.yaml": fixes }, argv);
  expect(own.files["specs/acme/overlay.yaml"]).toBe(fixes);
  expect(own.files["src/acme/profile.ts"]).toContain('name: "Corrected"');
});

test.each([
  [{}, "--overlay: fixes.yaml does not exist."],
  [
    { "fixes.yaml": fixes, "specs/acme/overlay.yaml": fixes },
    "specs/acme/overlay.yaml exists already. Nothing was written.",
  ],
])("add refuses an overlay that it cannot take, and writes nothing", async (files, message) => {
  const argv = ["acme", "--spec", "openapi.json", "--out", "src/acme", "--overlay", "fixes.yaml"];
  const { run, files: left } = await addTo({ "package.json": "{}", ...files }, argv);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  expect(Object.keys(left).sort()).toEqual(["openapi.json", "package.json", ...Object.keys(files)].sort());
});

test("add takes a path of Windows as --out", async () => {
  const { files } = await addTo({ "package.json": "{}" }, ["acme", "--spec", "openapi.json", "--out", "src\\acme"]);
  expect(files["src/acme/README.md"]).toContain('from "./src/acme/index.js"');
});

test("add prints one JSON object with the TODOs with --json", async () => {
  const argv = ["acme", "--spec", "openapi.json", "--out", "src/acme", "--json"];
  const { run } = await addTo({ "package.json": "{}" }, argv);
  expect(JSON.parse(run.stdout)).toEqual({
    provider: "acme",
    operations: 1,
    folder: "src/acme",
    profile: "src/acme/profile.ts",
    spec: "specs/acme/spec.yaml",
    todos: [{ field: "errors", todo: expect.stringContaining("not described in the document") }],
    typeErrors: 0,
  });
});

const repository = {
  "packages/connectors/other/package.json": "{}",
  "specs/other/surface.txt": "",
  ".changeset/config.json": "{}",
};

test("add creates a package and a changeset in a repository of connectors", async () => {
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
      "connector.json",
      "package.json",
      "src/contract.test.ts",
      "src/index.ts",
      "src/profile.ts",
      "src/responses.test.ts",
      "test/responses.json",
      "tsconfig.build.json",
      "tsconfig.json",
      "tsconfig.test.json",
      "turbo.json",
    ].map((path) => `packages/connectors/acme/${path}`),
  );
  expect(files[".changeset/add-acme.md"]).toBe(
    '---\n"@connectry/acme": minor\n---\n\nFirst release: a typed client for the API of Acme.\n',
  );
  // The lists of connectors are read from the folders.
  const outside = Object.keys(files).filter((path) => !/^(packages\/connectors|specs)\/acme\//.test(path));
  expect(outside.sort()).toEqual([".changeset/add-acme.md", "openapi.json", ...Object.keys(repository)].sort());
  expect(files["packages/connectors/acme/src/contract.test.ts"]).toContain('import { test } from "vitest";');
  // What no document says is left to do, and its test fails until it is done.
  const responses = JSON.parse(files["packages/connectors/acme/test/responses.json"] ?? "");
  expect(responses.credential).toBe("any-credential");
  expect(responseProblems(responses)).toHaveLength(7);
});

test("add pins a document of a package by both hashes, and one of a URL by its own", async () => {
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

test("add takes a document of a known hash from CONNECTRY_DOCUMENTS, and refuses any other", async () => {
  const documents = await tempFolder({ [sha256(document)]: document });
  const requests: (string | undefined)[] = [];
  const server = await serve((request, response) => {
    requests.push(request.url);
    response.end(sampleDocument);
  });
  const argv = ["acme", "--spec", `${server.url}/openapi.json`, "--out", "acme", "--sha256"];
  const env = { CONNECTRY_DOCUMENTS: documents };
  const { files } = await addTo({}, [...argv, sha256(document)], { env });
  expect(files["specs/acme/spec.yaml"]).toContain(
    `    source: ${server.url}/openapi.json\n    sha256: ${sha256(document)}\n`,
  );
  expect(requests).toEqual([]);

  for (const [hash, message] of [
    [sha256(document), `received  sha256 ${sha256(sampleDocument)}`],
    [sha256(document).toUpperCase(), "--sha256 must be 64 hexadecimal digits in lower case"],
  ] as const) {
    const refused = await addTo({}, [...argv, hash]);
    expect(refused.run).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
    expect(Object.keys(refused.files)).toEqual(["openapi.json"]);
  }
  expect(requests).toEqual(["/openapi.json"]);
});
