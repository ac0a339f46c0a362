import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addTo, document, ownFiles } from "../../test/add-to.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument, sampleWith } from "../../test/sample-document.js";
import { tempFolder } from "../../test/temp-folder.js";

test("add asks for missing fields at a terminal, and asks again after invalid input", async () => {
  const inputs: Record<string, string[]> = {
    "What is the base URL of the API (https://...)? ": ["ftp://x", "https://api.acme.test/v1/"],
    "How is the credential sent (bearer, basic, header NAME, query NAME)? ": ["header X-Acme"],
    "Where is the message in an error body (such as error.message)? ": [""],
  };
  const cwd = await tempFolder({ "openapi.json": sampleDocument });
  const ask = async (question: string) => inputs[question]?.shift() ?? "unexpected question";
  const run = await runCli(["add", "acme", "--spec", "openapi.json", "--out", "acme"], { cwd, ask });
  expect(run.code).toBe(0);
  const profile = await readFile(join(cwd, "acme/profile.ts"), "utf8");
  expect(profile).toContain(
    '  baseUrl: "https://api.acme.test/v1",\n  auth: { kind: "header", name: "x-acme", env: "ACME_API_KEY" },\n',
  );
  expect(profile.match(/TODO:/g)).toHaveLength(1);
  expect(Object.values(inputs).flat()).toEqual([]);
});

interface WrongInput {
  readonly files?: Record<string, string>;
  readonly argv: readonly string[];
  readonly message: RegExp;
}

test.each<[string, WrongInput]>([
  [
    "there is no location",
    { argv: ["acme", "--spec", "openapi.json"], message: /No repository of connectors.*\n.*--out src\/acme/ },
  ],
  [
    "the name is not a valid id",
    {
      argv: ["Acme_2", "--spec", "openapi.json", "--out", "a"],
      message: /The name of a connector must be .*, got "Acme_2"/,
    },
  ],
  [
    "the document is not OpenAPI",
    {
      files: { "openapi.json": "<html>" },
      argv: ["acme", "--spec", "openapi.json", "--out", "a"],
      message: /is an HTML page/,
    },
  ],
  [
    "the document does not exist",
    { argv: ["acme", "--spec", "gone.json", "--out", "a"], message: /gone\.json does not exist/ },
  ],
  [
    "the source has no version",
    { argv: ["acme", "--spec", "npm:acme/openapi.json", "--out", "a"], message: /is not in the format/ },
  ],
  [
    "the connector exists already",
    {
      files: { "a/profile.ts": "" },
      argv: ["acme", "--spec", "openapi.json", "--out", "a"],
      message: /a\/profile\.ts exists already/,
    },
  ],
  [
    "the pins exist already",
    {
      files: { "specs/acme/spec.yaml": "" },
      argv: ["acme", "--spec", "openapi.json", "--out", "a"],
      message: /spec\.yaml exists already/,
    },
  ],
  ["no document is given", { argv: ["acme", "--out", "a"], message: /requires one name and a document/ }],
  [
    "the output folder is a file",
    {
      files: { a: "" },
      argv: ["acme", "--spec", "openapi.json", "--out", "a"],
      message: /cannot be written|Nothing was changed/,
    },
  ],
])("add writes nothing if %s", async (_, { files, argv, message }) => {
  const cwd = await tempFolder({ "openapi.json": document, ...files });
  const before = await ownFiles(cwd);
  expect(await runCli(["add", ...argv], { cwd })).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  expect(await ownFiles(cwd)).toEqual(before);
});

test("add removes invalid servers of single operations with an overlay", async () => {
  const get = { ...JSON.parse(document).paths["/pets"].get, servers: [{ url: "https://{tenant}.acme.test" }] };
  const odd = JSON.stringify({ ...JSON.parse(document), paths: { '/it\'s "odd"/{id}': { get } } });
  const { cwd, run, files } = await addTo({ "openapi.json": odd }, ["acme", "--spec", "openapi.json", "--out", "a"]);
  expect(run.code).toBe(0);
  expect(files["specs/acme/overlay.yaml"]).toContain("have no valid URL");
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining("unchanged") });
});

test("add reports that the client does not compile, and where to correct the document", async () => {
  const Pets = { oneOf: [{ type: "string" }, { $ref: "#/components/schemas/Pets" }] };
  const broken = sampleWith({ components: { schemas: { Pets } } });
  const { run } = await addTo({ "openapi.json": broken }, ["acme", "--spec", "openapi.json", "--out", "a"]);
  expect(run).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(
      /does not compile\. Correct the document in specs\/acme\/overlay\.yaml:\n {2}schemas\/acme\.ts, line/,
    ),
  });
});
