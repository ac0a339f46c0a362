import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { type Connector, readConnectors } from "../connectors.ts";
import { leftOutConnectors } from "../left-out.ts";
import { connectorsOfOtherDocuments } from "../other-documents.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `connectry scopes` prints for people who read Markdown. */
async function tableOf(id: string): Promise<string> {
  const command = join(root, "packages/codegen/bin/connectry.js");
  const { stdout } = await run(process.execPath, [command, "scopes", id, "--format", "markdown"], { cwd: root });
  return stdout;
}

const others = await connectorsOfOtherDocuments(root);

const listed = readConnectors(root).filter(({ id }) => !leftOutConnectors(root).includes(id));
const [withScopes, without] = [true, false].map((isWith) =>
  listed.filter(({ folder }) => existsSync(join(root, folder, "SCOPES.md")) === isWith),
) as [Connector[], Connector[]];

describe.each(withScopes)("the document of $id names scopes:", ({ id }) => {
  const folder = join(root, "packages/connectors", id);

  test("SCOPES.md has those of each operation, and the README leads there (`vitest -u` writes it)", async () => {
    expect(await readFile(join(folder, "README.md"), "utf8")).toContain("](SCOPES.md)");
    if (others.includes(id)) {
      // It lists the operations of the pinned documents, as surface.txt does; a fallback has older ones.
      expect(await tableOf(id)).toMatch(/^\| `[A-Z]+ \/.* \|$/m);
      return;
    }
    const { profile } = await import(join(folder, "src/profile.ts"));
    const text = `# Scopes of ${profile.name}'s operations\n\nAs its document names them: \`connectry scopes ${id} --format markdown\`.\n\n`;
    await expect(text + (await tableOf(id))).toMatchFileSnapshot(join(folder, "SCOPES.md"));
  });
});

test.each(without)("the document of $id names none, and its README says so", async ({ id }) => {
  const folder = join(root, "packages/connectors", id);
  expect(await tableOf(id)).toBe(
    `The document of ${id} names no scopes for any operation: see the provider's documentation.\n`,
  );
  expect((await readFile(join(folder, "README.md"), "utf8")).replaceAll(/\s+/g, " ")).toMatch(
    /document names no scopes/,
  );
});
