import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { readSpec } from "../../packages/codegen/src/spec/read-spec.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `connectry scopes` prints for people who read Markdown. */
async function tableOf(id: string): Promise<string> {
  const command = join(root, "packages/codegen/bin/connectry.js");
  const { stdout } = await run(process.execPath, [command, "scopes", id, "--format", "markdown"], { cwd: root });
  return stdout;
}

/** Whether what was pulled is a fallback, because a document could not be had here. */
async function hasFallback(id: string): Promise<boolean> {
  const { documents } = await readSpec(join(root, "specs", id, "spec.yaml"));
  const pulled = await readFile(join(root, "specs", id, "pulled.txt"), "utf8").catch(() => "");
  return documents.some(({ fallback }) => fallback?.sha256 && pulled.includes(fallback.sha256));
}

describe.each([
  ["hubspot", "HubSpot"],
  ["slack", "Slack"],
])("the document of %s names scopes:", (id, name) => {
  const folder = join(root, "packages/connectors", id);

  test("SCOPES.md has those of each operation, and the README leads there (`vitest -u` writes it)", async () => {
    expect(await readFile(join(folder, "README.md"), "utf8")).toContain("](SCOPES.md)");
    if (await hasFallback(id)) {
      // It lists the operations of the pinned documents, as surface.txt does; a fallback has older ones.
      expect(await tableOf(id)).toMatch(/^\| `[A-Z]+ \/.* \|$/m);
      return;
    }
    const text = `# Scopes of ${name}'s operations\n\nAs its document names them: \`connectry scopes ${id} --format markdown\`.\n\n`;
    await expect(text + (await tableOf(id))).toMatchFileSnapshot(join(folder, "SCOPES.md"));
  });
});

test.each(["stripe", "github", "twilio"])("the document of %s names none, and its README says so", async (id) => {
  const folder = join(root, "packages/connectors", id);
  expect(await tableOf(id)).toBe(
    `The document of ${id} names no scopes for any operation: see the provider's documentation.\n`,
  );
  expect(existsSync(join(folder, "SCOPES.md"))).toBe(false);
  expect((await readFile(join(folder, "README.md"), "utf8")).replaceAll(/\s+/g, " ")).toMatch(
    /document names no scopes/,
  );
});
