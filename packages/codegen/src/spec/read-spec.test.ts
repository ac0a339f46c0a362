import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.js";
import { readSpec } from "./read-spec.js";

const sha = "a".repeat(64);

async function read(yaml: string, more: Record<string, string> = {}) {
  const folder = await tempFolder({ "specs/acme/spec.yaml": yaml, ...more });
  return { folder, spec: () => readSpec(join(folder, "specs/acme/spec.yaml")) };
}

test("reads a spec and makes its paths absolute", async () => {
  const { folder, spec } = await read(`
profile: ../../src/profile.ts
output: ../../src/generated
documents:
  - name: acme
    source: npm:@acme/sdk@1.2.3/openapi.json
    integrity: sha512-abc==
    sha256: ${sha}
    upstream: https://acme.test/openapi.json
    overlay: fixes.yaml
`);
  expect(await spec()).toEqual({
    provider: "acme",
    folder: join(folder, "specs/acme"),
    file: join(folder, "specs/acme/spec.yaml"),
    profile: join(folder, "src/profile.ts"),
    output: join(folder, "src/generated"),
    documents: [
      {
        name: "acme",
        source: { kind: "npm", package: "@acme/sdk", version: "1.2.3", path: "openapi.json" },
        origin: "npm:@acme/sdk@1.2.3/openapi.json",
        integrity: "sha512-abc==",
        sha256: sha,
        upstream: "https://acme.test/openapi.json",
        overlay: join(folder, "specs/acme/fixes.yaml"),
      },
    ],
  });
});

test("lists everything wrong at once, with lines and the nearest known names", async () => {
  const { spec } = await read(`profle: x.ts
documents:
  - name: Acme Corp
    sourse: npm:acme@1.0.0/a.json
    sha256: ABC
  - name: other
    source: npm:acme@latest/a.json
    integrity: md5-abc
`);
  const error = await spec().catch((thrown: Error) => thrown);
  expect((error as Error).message.split("\n").slice(1)).toEqual([
    '  line 1: profle is not a field. Did you mean "profile"?',
    "  line 3: documents[0].source is missing.",
    '  line 3: documents[0].name must be lower-case words like "crm-contacts", not "Acme Corp".',
    '  line 4: documents[0].sourse is not a field. Did you mean "source"?',
    '  line 5: documents[0].sha256 must be 64 hexadecimal digits in lower case, not "ABC".',
    "  line 6: documents[1].sha256 is missing.",
    '  line 7: documents[1].source "npm:acme@latest/a.json" pins no exact version: "latest" may be another file tomorrow. Write one like 1.2.3.',
    '  line 8: documents[1].integrity must be like "sha512-...", not "md5-abc".',
  ]);
});

test.each([
  ["documents: []", /documents must be a list with at least one entry/],
  ["profile: x.ts", /documents is missing/],
  ["- a list", /the file must be a mapping with profile, output, documents/],
  ["documents:\n  - just text", /documents\[0\] must be a mapping with name, source/],
  [
    `documents:\n  - { name: a, source: a.json, sha256: ${sha} }\n  - { name: a, source: b.json, sha256: ${sha} }`,
    /line 3: documents\[1\]\.name is "a", like documents\[0\]/,
  ],
  [
    `documents:\n  - { name: a, source: a.json, sha256: ${sha}, integrity: sha512-abc }`,
    /integrity is for npm sources/,
  ],
  [`documents:\n  - { name: ../../evil, source: a.json, sha256: ${sha} }`, /name must be lower-case words/],
])("refuses %j", async (yaml, message) => {
  await expect((await read(yaml)).spec()).rejects.toThrow(message);
});

test("a missing spec.yaml is named", async () => {
  await expect(readSpec("/nowhere/spec.yaml")).rejects.toThrow(/nowhere\/spec\.yaml cannot be read/);
});

test("overlay.yaml beside the spec belongs to the only document", async () => {
  const { folder, spec } = await read(`documents: [{ name: a, source: a.json, sha256: ${sha} }]`, {
    "specs/acme/overlay.yaml": "",
  });
  expect((await spec()).documents[0]?.overlay).toBe(join(folder, "specs/acme/overlay.yaml"));
});

test("with several documents, overlay.yaml must be named by the ones it is for", async () => {
  const documents = (overlay: string) => `
documents:
  - { name: a, source: a.json, sha256: ${sha}${overlay} }
  - { name: b, source: b.json, sha256: ${sha} }
`;
  const unnamed = await read(documents(""), { "specs/acme/overlay.yaml": "" });
  await expect(unnamed.spec()).rejects.toThrow(/overlay\.yaml beside it, which none of them names/);
  const named = await read(documents(", overlay: overlay.yaml"), { "specs/acme/overlay.yaml": "" });
  expect((await named.spec()).documents.map((document) => document.overlay)).toEqual([
    join(named.folder, "specs/acme/overlay.yaml"),
    undefined,
  ]);
});
