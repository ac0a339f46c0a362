import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sampleDocument, specYaml } from "./sample-document.js";
import { tempFolder } from "./temp-folder.js";

/** The lines of a spec.yaml with the paths of profile and output in `acmeProject`. */
export const targets = "profile: ../../profile.ts\noutput: ../../src/generated\n";
const profile = `import type { ProviderProfile } from "@connectry/core";
export const profile = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "bearer", env: "ACME_KEY" },
  body: "json",
  errors: { message: ["error"] },
} as const satisfies ProviderProfile;
`;

/** Creates a project with one provider, whose document is a file in the project. */
export async function acmeProject(document = sampleDocument, more: Record<string, string> = {}) {
  const files = {
    "profile.ts": profile,
    "acme.json": document,
    "specs/acme/spec.yaml": specYaml("../../acme.json", document, targets),
  };
  return tempFolder({ ...files, ...more });
}

/** The texts of all files in a folder and its subfolders, by relative path. */
export async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      paths.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path, "utf8")] as const),
    ),
  );
}
