import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { sha256 } from "../source/sha256.js";
import { acmeProject, filesBelow, targets } from "../testing/acme-project.js";
import { serve } from "../testing/local-server.js";
import { publish, serveRegistry } from "../testing/npm-registry.js";
import { runCli } from "../testing/run-cli.js";
import { sampleDocument, sampleWith } from "../testing/sample-document.js";
import { writeFiles } from "../testing/temp-folder.js";

// Each update compiles what it generates, which takes a second or two.
vi.setConfig({ testTimeout: 30_000 });

const pets = {
  200: { description: "", content: { "application/json": { schema: { $ref: "#/components/schemas/Pets" } } } },
};
const listPets = { operationId: "listPets", responses: pets };
const limit = { name: "limit", in: "query", required: true, schema: { type: "integer" } };
/** The sample with one operation more, and with a parameter that every caller must give. */
const additive = sampleWith({
  paths: { "/pets": { get: listPets }, "/cats": { get: { operationId: "listCats", responses: pets } } },
});
const breaking = sampleWith({ paths: { "/pets": { get: { ...listPets, parameters: [limit] } } } });

const source = "npm:acme-openapi@1.0.0/openapi.json";

/** A project of a connector whose document is a package's, generated and committed. */
async function npmProject(newer: string | undefined, version = "0.3.0", more: Record<string, string> = {}) {
  const first = await publish("acme-openapi", "1.0.0", { "openapi.json": sampleDocument });
  const packages = [
    first,
    ...(newer === undefined ? [] : [await publish("acme-openapi", "1.1.0", { "openapi.json": newer })]),
  ];
  const registry = await serveRegistry(packages);
  const spec = `# Where Acme's document comes from.
${targets}documents:
  - name: acme # the only one
    # what follows is pinned
    source: ${source}
    integrity: ${first.integrity}
    sha256: "${sha256(sampleDocument)}" # of the document
    upstream: https://api.acme.test/openapi.json
`;
  const cwd = await acmeProject(sampleDocument, {
    "package.json": JSON.stringify({ name: "@acme/client", version }),
    ".changeset/config.json": "{}",
    "specs/acme/spec.yaml": spec,
    ...more,
  });
  const options = { cwd, registry: registry.url };
  expect(await runCli(["generate"], options)).toMatchObject({ code: 0 });
  return { cwd, options, spec, packages, registry };
}

/** What of a project is under version control, or could be. */
async function ownFiles(cwd: string): Promise<Record<string, string>> {
  const all = await filesBelow(cwd);
  return Object.fromEntries(Object.entries(all).filter(([path]) => !/^\.(cache|npm)\//.test(path)));
}

async function changesetOf(cwd: string): Promise<string | undefined> {
  return Object.entries(await ownFiles(cwd)).find(([path]) => path.startsWith(".changeset/update-acme-"))?.[1];
}

test("takes a package's newest version: pin, surface, client and changeset, and keeps every comment", async () => {
  const { cwd, options, spec, packages } = await npmProject(additive);
  expect(await runCli(["update", "acme"], options)).toMatchObject({
    code: 0,
    stdout: `acme: ${source} -> npm:acme-openapi@1.1.0/openapi.json
acme: 0 breaking, 1 additive, 0 invisible; @acme/client patch
`,
  });
  expect(await readFile(join(cwd, "specs/acme/spec.yaml"), "utf8")).toBe(
    spec
      .replace(source, "npm:acme-openapi@1.1.0/openapi.json")
      .replace(packages[0]!.integrity, packages[1]!.integrity)
      .replace(`"${sha256(sampleDocument)}"`, sha256(additive)),
  );
  expect(await readFile(join(cwd, "specs/acme/surface.txt"), "utf8")).toContain("GET /cats  ListCats");
  expect(await readFile(join(cwd, "src/generated/operations.ts"), "utf8")).toContain("ListCats");
  expect(await changesetOf(cwd)).toBe(`---
"@acme/client": patch
---

Follows the provider's newest document: \`npm:acme-openapi@1.1.0/openapi.json\` (before: \`${source}\`).

**Added**

- GET /cats: is new: ListCats
`);
  expect(await runCli(["check"], options)).toMatchObject({ code: 0 });
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: "acme: nothing newer\n" });
});

test("without changesets, or without a package, everything else is updated", async () => {
  const { cwd, options } = await npmProject(additive);
  await writeFiles(cwd, { "package.json": "{}" });
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: expect.stringMatching(/0 invisible\n$/) });
  expect(await changesetOf(cwd)).toBeUndefined();
});

test("an older or the same version is nothing newer", async () => {
  const { cwd, options } = await npmProject(undefined);
  const before = await ownFiles(cwd);
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: "acme: nothing newer\n" });
  expect(await ownFiles(cwd)).toEqual(before);
});

test.each<[string, string, Record<string, string>, RegExp]>([
  ["is no document", "<html>", {}, /is an HTML page/],
  ["refers to what is not there", sampleWith({ components: {} }), {}, /#\/components\/schemas\/Pets/],
  [
    "does not fit the overlay any more",
    sampleWith({ paths: { "/cats": { get: listPets } } }),
    {
      "specs/acme/overlay.yaml":
        'overlay: 1.0.0\ninfo: { title: r, version: "1" }\nactions:\n  - target: $.paths["/pets"].get\n    update: { x-connectry-safety: safe }\n',
    },
    /matches nothing/,
  ],
])("a new document that %s changes nothing", async (_, document, more, message) => {
  const { cwd, options } = await npmProject(document, "0.3.0", more);
  const before = await ownFiles(cwd);
  const run = await runCli(["update"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  expect(await ownFiles(cwd)).toEqual(before);
});

test("a new version without the file changes nothing, and says what it has instead", async () => {
  const first = await publish("acme-openapi", "1.0.0", { "openapi.json": sampleDocument });
  const next = await publish("acme-openapi", "2.0.0", { "spec/openapi.json": additive });
  const registry = await serveRegistry([first, next]);
  const cwd = await acmeProject(sampleDocument, {
    "specs/acme/spec.yaml": `${targets}documents:\n  - name: acme\n    source: ${source}\n    sha256: ${sha256(sampleDocument)}\n`,
  });
  const before = await ownFiles(cwd);
  expect(await runCli(["update"], { cwd, registry: registry.url })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /acme-openapi@2\.0\.0 has no file openapi\.json\.\n {2}Did you mean spec\/openapi\.json/,
    ),
  });
  expect(await ownFiles(cwd)).toEqual(before);
});

test("where one file cannot be written, none is", async () => {
  const { cwd, options } = await npmProject(additive);
  // A folder stands where the changeset would go.
  const { changesetName } = await import("../update/write-changeset.js");
  const name = changesetName("acme", [
    { name: "", origin: "", source: { kind: "file", path: "" }, sha256: sha256(additive) },
  ]);
  await writeFiles(cwd, { [`.changeset/${name}/in-the-way`]: "" });
  const before = await ownFiles(cwd);
  const run = await runCli(["update"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be|Nothing was changed/) });
  expect(await ownFiles(cwd)).toEqual(before);
});

test("a new document that does not compile changes nothing", async () => {
  const loop = { type: ["null", "array"], items: { $ref: "#/components/schemas/Pets" } };
  const { cwd, options } = await npmProject(
    sampleWith({ components: { schemas: { Pets: { allOf: [loop, { type: "null" }], ...loop } } } }),
  );
  const before = await ownFiles(cwd);
  const run = await runCli(["update"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("does not compile. Nothing was changed") });
  expect(await ownFiles(cwd)).toEqual(before);
});

/** A project whose document is at an address that serves what `serves` returns. */
async function addressProject(serves: () => string) {
  const server = await serve((_request, response) => response.end(serves()));
  const origin = `${server.url}/openapi.json`;
  const specOf = (document: string) =>
    `${targets}documents:\n  - name: acme\n    source: ${origin}\n    sha256: ${sha256(document)}\n`;
  const cwd = await acmeProject(sampleDocument, { "specs/acme/spec.yaml": specOf(sampleDocument) });
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0 });
  return { cwd, specOf };
}

test("takes an address again, and its pin keeps naming it", async () => {
  let document = sampleDocument;
  const { cwd, specOf } = await addressProject(() => document);
  expect(await runCli(["update"], { cwd })).toMatchObject({ code: 0, stdout: "acme: nothing newer\n" });
  document = breaking;
  expect(await runCli(["update"], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining("1 breaking") });
  expect(await readFile(join(cwd, "specs/acme/spec.yaml"), "utf8")).toBe(specOf(breaking));
});

test("where the pinned document is nowhere any more, surface.txt tells what changed, and that counts as breaking", async () => {
  let document = sampleDocument;
  const { cwd, specOf } = await addressProject(() => document);
  await rm(join(cwd, ".cache"), { recursive: true });
  document = additive;
  expect(await runCli(["update"], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("acme: 0 breaking, 1 additive"),
    stderr: expect.stringContaining("has the pinned document no more: what changed is told from surface.txt alone"),
  });
  await rm(join(cwd, ".cache"), { recursive: true });
  document = breaking;
  expect(await runCli(["update"], { cwd })).toMatchObject({
    code: 0,
    // One operation is gone, another changed in some way.
    stdout: expect.stringContaining("acme: 2 breaking, 0 additive"),
  });
  expect(await readFile(join(cwd, "specs/acme/spec.yaml"), "utf8")).toBe(specOf(breaking));
});

test("--upstream takes a document from where the provider publishes it, and drops the tarball's hash", async () => {
  const server = await serve((_request, response) => response.end(additive));
  const { cwd, options, spec, packages } = await npmProject(undefined);
  const upstream = `${server.url}/openapi.json`;
  const own = spec.replace("https://api.acme.test/openapi.json", upstream);
  await writeFiles(cwd, { "specs/acme/spec.yaml": own });
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: "acme: nothing newer\n" });
  expect(await runCli(["update", "--upstream"], options)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`acme: ${source} -> ${upstream}\nacme: 0 breaking, 1 additive`),
  });
  expect(await readFile(join(cwd, "specs/acme/spec.yaml"), "utf8")).toBe(
    own
      .replace(source, upstream)
      .replace(`    integrity: ${packages[0]!.integrity}\n`, "")
      .replace(`"${sha256(sampleDocument)}"`, sha256(additive)),
  );
});

test("a provider that fails does not keep the others from being updated", async () => {
  const { cwd, options } = await npmProject(additive);
  await writeFiles(cwd, {
    "specs/broken/spec.yaml": `${targets}documents:\n  - name: gone\n    source: gone.json\n    sha256: ${sha256("")}\n`,
  });
  const run = await runCli(["update"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("gone.json does not exist") });
  expect(run.stdout).toContain("acme: 0 breaking, 1 additive");
});
