import { readFile, writeFile } from "node:fs/promises";
import { markdownTable } from "../report/table.ts";
import type { Walk } from "./walk.ts";

const results = new URL("../../RESULTS.md", import.meta.url);
const mark = "## Lists of real documents";
const replaced = /^## (Lists|Calls) of real documents\n/;
// A reason names so many operations of a document.
const named = 2;

/** The lists of one document. */
export interface WalkedDocument {
  readonly document: string;
  readonly walk: Walk;
}

/** The section about lists: a row for each document that has one, and below it why lists are not found or not iterated. */
export function listsSection(walks: readonly WalkedDocument[], source: string): string {
  const withLists = walks.filter(({ walk }) => walk.existing + walk.lists > 0);
  const sum = (key: "existing" | "found" | "lists" | "walked" | "valid") =>
    withLists.reduce((total, { walk }) => total + walk[key], 0);
  const rows = withLists.map(({ document, walk }) => [
    document,
    ...[walk.found, walk.existing, walk.walked, walk.lists, walk.valid].map(String),
  ]);
  const total = ["all", ...[sum("found"), sum("existing"), sum("walked"), sum("lists"), sum("valid")].map(String)];
  const reasons = withLists.flatMap(({ document, walk }) => reasonLines(document, walk.reasons));
  return `${mark}

Written by \`pnpm bench:add\`: ${source}. A list exists where a response has an array, and the request takes a position or the response
names what is next. It is found where \`paginate\` takes its path. It is iterated where pages that are made from the document alone, and
not by the fake provider, lead to a second request that differs from the first; ajv accepts so many of the pages that were made.

${markdownTable([["", "found", "of existing", "iterated", "of lists", "pages valid by ajv"], ...rows, total])}

${reasons.join("\n")}
`;
}

/** A line for each reason of a document, with some of the operations. */
export function reasonLines(document: string, reasons: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(reasons).map(([reason, operations]) => {
    const others = operations.length > named ? ` and ${operations.length - named} more` : "";
    const some = operations.slice(0, named).map((one) => `\`${one}\``);
    return `- ${document}: ${some.join(", ")}${others}: ${reason}`;
  });
}

/** The sections about documents of RESULTS.md, from that about lists on; empty where it has none. `pnpm bench` keeps it. */
export async function readDocumentSections(): Promise<string> {
  const text = await readFile(results, "utf8").catch(() => "");
  return text.includes(mark) ? `\n${text.slice(text.indexOf(mark))}` : "";
}

/** Replaces the sections about lists and calls in RESULTS.md; all others follow them. */
export async function writeDocumentSections(sections: string): Promise<void> {
  const text = await readFile(results, "utf8");
  const [before, after] = text.includes(mark)
    ? [text.slice(0, text.indexOf(mark)), text.slice(text.indexOf(mark))]
    : [`${text.trimEnd()}\n\n`, ""];
  const others = after.split(/^(?=## )/m).filter((section) => section !== "" && !replaced.test(section));
  await writeFile(
    results,
    `${before}${sections.trimEnd()}\n${others.map((section) => `\n${section.trimEnd()}\n`).join("")}`,
  );
}
