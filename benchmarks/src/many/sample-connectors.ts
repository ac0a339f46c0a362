import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { measureCommand } from "./measured-command.ts";

/** A connector that is only measured, in place of one to come. */
export interface SampleConnector {
  readonly name: string;
  readonly document: string;
}

/** A copy of the repository. */
export interface Workspace {
  readonly root: string;
  /** Has CONNECTRY_DOCUMENTS: a folder of documents by their hashes. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Adds connectors to a copy of the repository, each from a document, as CONTRIBUTING.md says, and completes what a test reads of them.
 * Their profiles are what `connectry add` drafts. Returns those that could be added.
 */
export async function addSampleConnectors(
  workspace: Workspace,
  wanted: readonly SampleConnector[],
): Promise<readonly SampleConnector[]> {
  const added: SampleConnector[] = [];
  for (const sample of wanted) if (await addSampleConnector(workspace, sample)) added.push(sample);
  return added;
}

async function addSampleConnector({ root, env }: Workspace, { name, document }: SampleConnector): Promise<boolean> {
  const sha256 = createHash("sha256")
    .update(await readFile(document))
    .digest("hex");
  await mkdir(env.CONNECTRY_DOCUMENTS ?? "", { recursive: true });
  await copyFile(document, join(env.CONNECTRY_DOCUMENTS ?? "", sha256));
  const connectry = join(root, "packages/codegen/bin/connectry.js");
  const source = `https://documents.test/${name}.${document.endsWith(".json") ? "json" : "yaml"}`;
  const command = [process.execPath, connectry, "add", name, "--spec", source, "--sha256", sha256];
  const { code, output } = await measureCommand(command, { cwd: root, env });
  if (code !== 0) {
    console.log(`${name} cannot be added: ${output.trim().split("\n").at(-1)}`);
    return false;
  }
  const folder = join(root, "packages/connectors", name);
  // What a vendor publishes is collected by hand.
  await rm(join(folder, "src/responses.test.ts"));
  const listing = { category: "Samples", covers: "all of it", reference: "https://documents.test", mostKilobytes };
  await writeFile(join(folder, "connector.json"), JSON.stringify(listing));
  return true;
}

const mostKilobytes = { tarball: 10_000, unpacked: 100_000 };
