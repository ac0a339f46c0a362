// The table of connectors in the README, between two marks, by category.
import type { Connector } from "../connectors.ts";
import { describeConnector } from "./describe-connector.ts";

const columns = [
  "connector",
  "covers",
  "operations",
  "document",
  "credential",
  "webhooks",
  "limits kept",
  "event streams",
] as const;
const [start, end] = ["<!-- connectors: `npx -y pnpm@12 connectors` writes this table -->", "<!-- /connectors -->"];

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** Of which connectors the table is, and which rows stay as they are, because the documents are not at hand. */
export interface TableInput {
  readonly workspace: string;
  readonly connectors: readonly Connector[];
  readonly kept: readonly string[];
}

/** A README with a new table. */
export async function writeTable(readme: string, { workspace, connectors, kept }: TableInput): Promise<string> {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md needs the lines "${start}" and "${end}" around its table.`);
  const categories = [...new Set(connectors.map(({ category }) => category))].sort();
  const lines = [row(columns), `|${"---|".repeat(columns.length)}`];
  for (const category of categories) {
    lines.push(row([`**${category}**`, ...columns.slice(1).map(() => "")]));
    for (const connector of connectors.filter((one) => one.category === category)) {
      const old = readme.split("\n").find((line) => line.startsWith(`| [\`${connector.packageName}\`]`));
      const isKept = kept.includes(connector.id) && old !== undefined;
      lines.push(isKept ? old : row(await describeConnector(workspace, connector)));
    }
  }
  return `${readme.slice(0, from)}${start}\n${lines.join("\n")}\n${readme.slice(to)}`;
}
