// One row of the README's table, from what is committed: specs/, the profile, and which entries the connector has.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadDocuments } from "@connectry/codegen";
import { readSpec } from "../../packages/codegen/src/spec/read-spec.ts";
import type { ProviderProfile } from "../../packages/core/src/provider/profile.ts";
import type { Connector } from "../connectors.ts";
import { countOperations } from "./count-operations.ts";
import { describeLimits } from "./describe-limits.ts";
import { describeSource } from "./describe-source.ts";

/** The cells of a connector's row, in the order of the table's columns. */
export async function describeConnector(workspace: string, connector: Connector): Promise<readonly string[]> {
  const { id, folder, packageName, covers } = connector;
  const { profile }: { profile: ProviderProfile } = await import(
    pathToFileURL(join(workspace, folder, "src/profile.ts")).href
  );
  const { documents, graphql } = await readSpec(join(workspace, "specs", id, "spec.yaml"));
  const sources = [...documents, ...(graphql === undefined ? [] : [graphql.schema])];
  return [
    `[\`${packageName}\`](${folder})`,
    `${profile.name}: ${covers}`,
    countOperations(readFileSync(join(workspace, "specs", id, "surface.txt"), "utf8")).toLocaleString("en-US"),
    [...new Set(sources.map((pin) => `${describeSource(pin)}, ${pin.date}`))].join("; "),
    [profile.auth.kind, ...(hasEntry(workspace, folder, "oauth") ? ["OAuth"] : [])].join(", "),
    hasEntry(workspace, folder, "webhooks") ? "yes" : "no",
    describeLimits(profile),
    (await hasStreams(id)) ? "yes" : "no",
  ];
}

const hasEntry = (workspace: string, folder: string, entry: string) =>
  existsSync(join(workspace, folder, "src", `${entry}.ts`));

/** Whether an operation of its documents responds with events. */
async function hasStreams(id: string): Promise<boolean> {
  return (await loadDocuments(id)).some(({ json }) => JSON.stringify(json).includes('"text/event-stream":'));
}
