import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acmeProject, filesBelow, targets } from "../../test/acme-project.js";
import { serve } from "../../test/local-server.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument, sampleWith } from "../../test/sample-document.js";
import { writeFiles } from "../../test/temp-folder.js";
import { sha256 } from "../source/sha256.js";

const pets = {
  200: { description: "", content: { "application/json": { schema: { $ref: "#/components/schemas/Pets" } } } },
};
const listPets = { operationId: "listPets", responses: pets };
const limit = { name: "limit", in: "query", required: true, schema: { type: "integer" } };
/** The sample document with one more operation. */
const additive = sampleWith({
  paths: { "/pets": { get: listPets }, "/cats": { get: { operationId: "listCats", responses: pets } } },
});
/** The sample document with a new required parameter. */
const breaking = sampleWith({ paths: { "/pets": { get: { ...listPets, parameters: [limit] } } } });

const source = "npm:acme-openapi@1.0.0/openapi.json";

/** A project with a generated connector whose document is in an npm package. */
async function npmProject(newer: string | undefined, version = "0.3.0", more: Record<string, string> = {}) {
  const first = await publish("acme-openapi", "1.0.0", { "openapi.json": sampleDocument });
  const packages = [
    first,
    ...(newer === undefined ? [] : [await publish("acme-openapi", "1.1.0", { "openapi.json": newer })]),
  ];
  const registry = await serveRegistry(packages);
  const spec = `# The source of Acme's document.
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

/** The files of a project, without caches. */
async function ownFiles(cwd: string): Promise<Record<string, string>> {
  const all = await filesBelow(cwd);
  return Object.fromEntries(Object.entries(all).filter(([path]) => !/^\.(cache|npm)\//.test(path)));
}

async function changesetOf(cwd: string): Promise<string | undefined> {
  return Object.entries(await ownFiles(cwd)).find(([path]) => path.startsWith(".changeset/update-acme-"))?.[1];
}

test("update takes the newest version of a package into pin, surface, client and changeset, and keeps comments", async () => {
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

- \`GET /cats: is new: ListCats\`
`);
  expect(await runCli(["check"], options)).toMatchObject({ code: 0 });
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: "acme: no newer document\n" });
});

test("update keeps the types of webhook events, and takes those of the new document", async () => {
  const body = { content: { "application/json": { schema: { type: "object" } } } };
  const events = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, { post: { requestBody: body, responses: {} } }]));
  const project = await npmProject(
    sampleWith({ openapi: "3.1.0", webhooks: events(["pet.added", "pet.sold"]) }),
    "0.3.0",
    {},
  );
  const specPath = join(project.cwd, "specs/acme/spec.yaml");
  await writeFiles(project.cwd, { "specs/acme/spec.yaml": `${project.spec}webhooks:\n  kind: entries\n` });
  const result = await runCli(["update", "acme"], project.options);
  expect(result).toMatchObject({ code: 0 });
  expect(await readFile(specPath, "utf8")).toContain("kind: entries");
  expect(await readFile(join(project.cwd, "src/generated/webhooks.ts"), "utf8")).toContain("pet.sold");
});

test("update writes everything but the changeset in a project without changesets or without a package name", async () => {
  const { cwd, options } = await npmProject(additive);
  await writeFiles(cwd, { "package.json": "{}" });
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: expect.stringMatching(/0 invisible\n$/) });
  expect(await changesetOf(cwd)).toBeUndefined();
});

test("update changes nothing if there is no newer version", async () => {
  const { cwd, options } = await npmProject(undefined);
  const before = await ownFiles(cwd);
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: "acme: no newer document\n" });
  expect(await ownFiles(cwd)).toEqual(before);
});

interface WrongDocument {
  readonly document: string;
  readonly files?: Record<string, string>;
  readonly message: RegExp;
}

test.each<[string, WrongDocument]>([
  ["is an HTML page", { document: "<html>", message: /is an HTML page/ }],
  [
    "refers to a missing component",
    { document: sampleWith({ components: {} }), message: /#\/components\/schemas\/Pets/ },
  ],
  [
    "no longer matches the overlay",
    {
      document: sampleWith({ paths: { "/cats": { get: listPets } } }),
      files: {
        "specs/acme/overlay.yaml":
          'overlay: 1.0.0\ninfo: { title: r, version: "1" }\nactions:\n  - target: $.paths["/pets"].get\n    update: { x-connectry-safety: safe }\n',
      },
      message: /matches nothing/,
    },
  ],
])("update changes nothing if the new document %s", async (_, { document, files, message }) => {
  const { cwd, options } = await npmProject(document, "0.3.0", files);
  const before = await ownFiles(cwd);
  const run = await runCli(["update"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  expect(await ownFiles(cwd)).toEqual(before);
});

test("update changes nothing if the new version lacks the file, and suggests similar files", async () => {
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

test("update writes no file if one cannot be written", async () => {
  const { cwd, options } = await npmProject(additive);
  // A folder has the path of the changeset.
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

test("update changes nothing if the new client does not compile", async () => {
  const Pets = { oneOf: [{ type: "string" }, { $ref: "#/components/schemas/Pets" }] };
  const { cwd, options } = await npmProject(sampleWith({ components: { schemas: { Pets } } }));
  const before = await ownFiles(cwd);
  const run = await runCli(["update"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("does not compile. Nothing was changed") });
  expect(await ownFiles(cwd)).toEqual(before);
});

/** A project whose document is at a URL that returns the text of `serves`. */
async function addressProject(serves: () => string) {
  const server = await serve((_request, response) => response.end(serves()));
  const origin = `${server.url}/openapi.json`;
  const specOf = (document: string) =>
    `${targets}documents:\n  - name: acme\n    source: ${origin}\n    sha256: ${sha256(document)}\n`;
  const cwd = await acmeProject(sampleDocument, { "specs/acme/spec.yaml": specOf(sampleDocument) });
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0 });
  return { cwd, specOf };
}

test("update fetches a URL again, and keeps it as the source", async () => {
  let document = sampleDocument;
  const { cwd, specOf } = await addressProject(() => document);
  expect(await runCli(["update"], { cwd })).toMatchObject({ code: 0, stdout: "acme: no newer document\n" });
  document = breaking;
  expect(await runCli(["update"], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining("1 breaking") });
  expect(await readFile(join(cwd, "specs/acme/spec.yaml"), "utf8")).toBe(specOf(breaking));
});

test("update compares surface.txt if the pinned document is gone, and treats changes as breaking", async () => {
  let document = sampleDocument;
  const { cwd, specOf } = await addressProject(() => document);
  await rm(join(cwd, ".cache"), { recursive: true });
  document = additive;
  expect(await runCli(["update"], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("acme: 0 breaking, 1 additive"),
    stderr: expect.stringContaining("no longer has the pinned document. The changes are derived from surface.txt."),
  });
  await rm(join(cwd, ".cache"), { recursive: true });
  document = breaking;
  expect(await runCli(["update"], { cwd })).toMatchObject({
    code: 0,
    // One operation was removed, another one changed.
    stdout: expect.stringContaining("acme: 2 breaking, 0 additive"),
  });
  expect(await readFile(join(cwd, "specs/acme/spec.yaml"), "utf8")).toBe(specOf(breaking));
});

test("update --upstream fetches a document from its provider, and removes the hash of the tarball", async () => {
  const server = await serve((_request, response) => response.end(additive));
  const { cwd, options, spec, packages } = await npmProject(undefined);
  const upstream = `${server.url}/openapi.json`;
  const own = spec.replace("https://api.acme.test/openapi.json", upstream);
  await writeFiles(cwd, { "specs/acme/spec.yaml": own });
  expect(await runCli(["update"], options)).toMatchObject({ code: 0, stdout: "acme: no newer document\n" });
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

test("update continues with other providers after one failed", async () => {
  const { cwd, options } = await npmProject(additive);
  await writeFiles(cwd, {
    "specs/broken/spec.yaml": `${targets}documents:\n  - name: gone\n    source: gone.json\n    sha256: ${sha256("")}\n`,
  });
  const run = await runCli(["update"], options);
  expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("gone.json does not exist") });
  expect(run.stdout).toContain("acme: 0 breaking, 1 additive");
});
