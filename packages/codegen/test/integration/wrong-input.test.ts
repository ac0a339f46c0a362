import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256 } from "../../src/source/sha256.js";
import { acmeProject, filesBelow, targets } from "../acme-project.js";
import { serve } from "../local-server.js";
import { publish, serveRegistry } from "../npm-registry.js";
import { runCli } from "../run-cli.js";
import { sampleDocument, sampleWith, specYaml } from "../sample-document.js";
import { writeFiles } from "../temp-folder.js";

test.each<[string, { document?: string; files?: Record<string, string>; spec?: string; argv?: string[] }, RegExp]>([
  [
    "a document with another hash",
    { files: { "acme.json": "{}" } },
    new RegExp(`pinned {4}sha256 ${sha256(sampleDocument)}\\n {2}received {2}sha256 ${sha256("{}")}`),
  ],
  [
    "a package that does not exist",
    { spec: specYaml("npm:no-such-package@1.0.0/a.json") },
    /The npm package no-such-package does not exist/,
  ],
  [
    "a version that does not exist",
    { spec: specYaml("npm:acme-openapi@9.9.9/a.json") },
    /has no version 9\.9\.9\.\n {2}The newest versions are 1\.0\.0\./,
  ],
  [
    "a file that is not in the package",
    { spec: specYaml("npm:acme-openapi@1.0.0/openapi.yaml") },
    /has no file openapi\.yaml\.\n {2}Did you mean openapi\.json\?/,
  ],
  ["a local file that does not exist", { spec: specYaml("acme.yaml") }, /The document .*acme\.yaml does not exist\./],
  [
    "a URL over http",
    { spec: specYaml("http://acme.test/openapi.json") },
    /line 5: documents\[0\]\.source "http:\/\/acme\.test\/openapi\.json" is not https/,
  ],
  ["a document that is Swagger 2.0", { document: '{"swagger":"2.0"}' }, /acme\.json is Swagger 2\.0/],
  ["a document that is not OpenAPI", { document: "{}" }, /is not an OpenAPI document/],
  ["a document that is not JSON", { document: '{\n"openapi": 3.0.0' }, /acme\.json:2:12 is not valid JSON/],
  [
    "a $ref that cannot be resolved",
    { document: sampleWith({ components: {} }) },
    /acme\.json is broken: 1 \$ref cannot be resolved\.\n {2}#\/components\/schemas\/Pets does not exist {2}\(from #\/paths\/~1pets\/get/,
  ],
  [
    "a $ref to a file",
    { document: sampleDocument.replace("#/components/schemas/Pets", "pets.yml") },
    /is not complete: 1 \$ref points to other files\.\n {2}pets\.yml {2}\(from #\/paths/,
  ],
  [
    "an overlay whose target matches nothing",
    {
      files: {
        "specs/acme/overlay.yaml":
          'overlay: 1.0.0\ninfo: { title: a, version: "1" }\nactions:\n  - { target: $.paths.nowhere, remove: true }\n',
      },
    },
    /overlay\.yaml:4 \(actions\[0\]\): the target matches nothing/,
  ],
  [
    "a profile that imports a value",
    { files: { "profile.ts": 'import { x } from "./x.js";\nexport const profile = { x };' } },
    /profile\.ts imports a value from "\.\/x\.js"/,
  ],
  [
    "an output folder that contains other files",
    { files: { "src/generated/mine.ts": "export const mine = 1;\n" } },
    /contains mine\.ts, which connectry did not write/,
  ],
  ["a provider that does not exist", { argv: ["generate", "acne"] }, /Unknown provider `acne`: did you mean `acme`\?/],
  ["a command that does not exist", { argv: ["genrate"] }, /Unknown command `genrate`: did you mean `generate`\?/],
  [
    "a field of spec.yaml that does not exist",
    { spec: specYaml("a.json").replace("sha256", "sha265") },
    /unknown field `documents\[0\]\.sha265`: did you mean `sha256`\?/,
  ],
])("%s is reported in one block, and the last good output does not change", async (_, wrong, message) => {
  const registry = await serveRegistry([await publish("acme-openapi", "1.0.0", { "openapi.json": sampleDocument })]);
  const cwd = await acmeProject();
  expect(await runCli(["generate"], { cwd })).toMatchObject({ code: 0 });

  const document = wrong.document ?? sampleDocument;
  await writeFiles(cwd, {
    "acme.json": document,
    "specs/acme/spec.yaml":
      wrong.spec === undefined ? specYaml("../../acme.json", document, targets) : targets + wrong.spec,
    ...wrong.files,
  });
  const before = {
    output: await filesBelow(join(cwd, "src/generated")),
    surface: await readFile(join(cwd, "specs/acme/surface.txt"), "utf8"),
  };
  const { code, stdout, stderr } = await runCli(wrong.argv ?? ["generate"], { cwd, registry: registry.url });

  expect(code).toBe(1);
  expect(stdout).toBe("");
  const block = stderr.slice(stderr.indexOf("connectry: "));
  expect(block).toMatch(message);
  expect(block).not.toMatch(/\n\s+at |node:internal|unexpected error/);
  expect({
    output: await filesBelow(join(cwd, "src/generated")),
    surface: await readFile(join(cwd, "specs/acme/surface.txt"), "utf8"),
  }).toEqual(before);
});

test("a URL that does not exist is reported", async () => {
  const { url } = await serve((_, response) => response.writeHead(404).end());
  const cwd = await acmeProject(sampleDocument, { "specs/acme/spec.yaml": specYaml(`${url}/openapi.json`) });
  expect(await runCli(["pull"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${url}/openapi.json does not exist (404).`),
  });
});
