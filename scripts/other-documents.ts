import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSpec } from "../packages/codegen/src/spec/read-spec.ts";
import { readConnectors } from "./connectors.ts";
import { leftOutConnectors } from "./left-out.ts";

/** The connectors that are built here from a fallback, or not at all, because a pinned document cannot be had. */
export async function connectorsOfOtherDocuments(workspace: string): Promise<string[]> {
  const leftOut = leftOutConnectors(workspace);
  const found: string[] = [];
  for (const { id } of readConnectors(workspace)) {
    if (leftOut.includes(id) || (await hasFallback(workspace, id))) found.push(id);
  }
  return found;
}

/** Whether what was pulled for a connector is the fallback of a document. */
async function hasFallback(workspace: string, id: string): Promise<boolean> {
  const { documents } = await readSpec(join(workspace, "specs", id, "spec.yaml"));
  const pulled = readFileSync(join(workspace, "specs", id, "pulled.txt"), "utf8");
  return documents.some(({ fallback }) => fallback !== undefined && pulled.includes(fallback.sha256));
}
