import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../test/temp-folder.js";
import { readSpec } from "./read-spec.js";

const sha = "a".repeat(64);

async function read(yaml: string, more: Record<string, string> = {}) {
  const folder = await tempFolder({ "specs/acme/spec.yaml": yaml, ...more });
  return { folder, spec: () => readSpec(join(folder, "specs/acme/spec.yaml")) };
}

test("readSpec returns the spec with absolute paths", async () => {
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

test("readSpec reports all problems at once, with lines and suggested names", async () => {
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
    "  line 1: unknown field `profle`: did you mean `profile`?",
    '  line 3: documents[0].name must be lower-case words joined by "-" or "_", such as "crm-contacts", got "Acme Corp".',
    "  line 3: documents[0].source is missing.",
    "  line 4: unknown field `documents[0].sourse`: did you mean `source`?",
    '  line 5: documents[0].sha256 must be 64 lower-case hexadecimal digits, got "ABC".',
    "  line 6: documents[1].sha256 is missing.",
    '  line 7: documents[1].source "npm:acme@latest/a.json" must name an exact version, such as 1.2.3, got "latest".',
    '  line 8: documents[1].integrity must be a hash in npm\'s format, such as "sha512-...", got "md5-abc".',
  ]);
});

test.each([
  ["documents: []", /documents must be a list with at least one entry/],
  ["profile: x.ts", /documents is missing/],
  ["- a list", /the file must be a mapping with profile, output, documents/],
  ["documents:\n  - just text", /documents\[0\] must be a mapping with name, source/],
  [
    `documents:\n  - { name: a, source: a.json, sha256: ${sha} }\n  - { name: a, source: b.json, sha256: ${sha} }`,
    /line 3: documents\[1\]\.name must be unique: documents\[0\]\.name is "a", too/,
  ],
  [
    `documents:\n  - { name: a, source: a.json, sha256: ${sha}, integrity: sha512-abc }`,
    /integrity is the hash of an npm tarball, and this source is not npm/,
  ],
  [`documents:\n  - { name: ../../evil, source: a.json, sha256: ${sha} }`, /name must be lower-case words/],
])("readSpec rejects %j", async (yaml, message) => {
  await expect((await read(yaml)).spec()).rejects.toThrow(message);
});

test("readSpec names a missing spec.yaml", async () => {
  await expect(readSpec("/nowhere/spec.yaml")).rejects.toThrow(/nowhere\/spec\.yaml does not exist/);
});

test("overlay.yaml in the folder of the spec applies to the only document", async () => {
  const { folder, spec } = await read(`documents: [{ name: a, source: a.json, sha256: ${sha} }]`, {
    "specs/acme/overlay.yaml": "",
  });
  expect((await spec()).documents[0]?.overlay).toBe(join(folder, "specs/acme/overlay.yaml"));
});

test("overlay.yaml must be named by a document where there are several", async () => {
  const documents = (overlay: string) => `
documents:
  - { name: a, source: a.json, sha256: ${sha}${overlay} }
  - { name: b, source: b.json, sha256: ${sha} }
`;
  const unnamed = await read(documents(""), { "specs/acme/overlay.yaml": "" });
  await expect(unnamed.spec()).rejects.toThrow(/none of them names the overlay\.yaml in this folder/);
  const named = await read(documents(", overlay: overlay.yaml"), { "specs/acme/overlay.yaml": "" });
  expect((await named.spec()).documents.map((document) => document.overlay)).toEqual([
    join(named.folder, "specs/acme/overlay.yaml"),
    undefined,
  ]);
});

test("a fallback is a document of npm with hashes of its own, and has the overlay of its document", async () => {
  const document = `documents:
  - name: acme
    source: https://acme.test/${"c".repeat(40)}/openapi.json
    sha256: ${sha}
    fallback:
      source: npm:acme@1.0.0/a.json
      sha256: ${"b".repeat(64)}
`;
  const { folder, spec } = await read(document, { "specs/acme/overlay.yaml": "" });
  const overlay = join(folder, "specs/acme/overlay.yaml");
  expect((await spec()).documents[0]).toMatchObject({
    overlay,
    fallback: { name: "acme", origin: "npm:acme@1.0.0/a.json", sha256: "b".repeat(64), overlay },
  });
  const own = await read(`${document}      overlay: older.yaml\n`, { "specs/acme/overlay.yaml": "" });
  expect((await own.spec()).documents[0]?.fallback?.overlay).toBe(join(own.folder, "specs/acme/older.yaml"));
});

test("a fallback is rejected where it is not of npm, or its document is", async () => {
  const { spec } = await read(`documents:
  - name: acme
    source: npm:acme@1.0.0/a.json
    sha256: ${sha}
    fallback:
      source: https://acme.test/a.json
      sha256: short
`);
  await expect(spec()).rejects.toThrow(
    /documents\[0\]\.fallback must be a document of an npm package, for a `source` that is a URL\.\n(.*\n)?.*fallback\.sha256 must be/,
  );
});
