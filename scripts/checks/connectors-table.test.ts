import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readConnectors } from "../connectors.ts";
import { writeTable } from "../connectors-table/table.ts";
import { connectorsOfOtherDocuments } from "../other-documents.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = join(root, "README.md");

test("the README has a row of every connector, as its documents and its profile are (`pnpm connectors` writes it)", async () => {
  const connectors = readConnectors(root);
  const kept = await connectorsOfOtherDocuments(root);
  const text = await writeTable(await readFile(readme, "utf8"), { workspace: root, connectors, kept });
  for (const { packageName } of connectors) expect(text).toContain(`| [\`${packageName}\`](`);
  await expect(text).toMatchFileSnapshot(readme);
});
