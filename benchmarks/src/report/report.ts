import type { Row, Section } from "./section.ts";
import { gridOf, markdownTable, plainTable } from "./table.ts";

function goalsOf(rows: readonly Row[]): string[][] {
  return rows.flatMap(({ name, goals }) =>
    goals.map(({ wish, measured, met }) => [met ? "met" : "NOT MET", name, wish, measured]),
  );
}

/** Every goal with what was measured, those that were not met first. */
export function goalGrid(sections: readonly Section[]): string[][] {
  const lines = sections.flatMap(({ rows }) => goalsOf(rows));
  const sorted = lines.toSorted((a, b) => Number(a[0] === "met") - Number(b[0] === "met"));
  return [["", "package", "goal", "measured"], ...sorted];
}

/** `18 of 25 goals met`. */
export function goalCount(sections: readonly Section[]): string {
  const goals = sections.flatMap(({ rows }) => rows.flatMap((row) => row.goals));
  return `${goals.filter(({ met }) => met).length} of ${goals.length} goals met`;
}

/** What broke, one line each; none where all went well. */
export function brokenLines(sections: readonly Section[]): string[] {
  return sections.flatMap(({ title, rows }) =>
    rows.filter(({ broken }) => broken).map(({ name, missing }) => `${title}: ${name} failed. ${missing}`),
  );
}

/** A section for the terminal. */
export function plainSection(section: Section): string {
  return `\n${section.title}\n${plainTable(gridOf(section))}`;
}

/** Our own packages stand out. */
function emphasised([name = "", ...cells]: readonly string[]): string[] {
  return [name.startsWith("@connectry/") ? `**${name}**` : name, ...cells];
}

/** The whole report as a Markdown file. */
export function markdownReport(head: readonly string[], sections: readonly Section[]): string {
  const parts = sections.map(
    (section) => `## ${section.title}\n\n${section.how}\n\n${markdownTable(gridOf(section).map(emphasised))}\n`,
  );
  return [
    "# Connectry beside its peers\n",
    "Written by `pnpm bench`. Figures are medians, with the least and the greatest round behind them; absolute times hold for this machine, ratios travel better.\n",
    `${head.map((line) => `- ${line}`).join("\n")}\n`,
    `## Goals: ${goalCount(sections)}\n\n${markdownTable(goalGrid(sections))}\n`,
    ...brokenLines(sections).map((line) => `- ${line}`),
    ...parts,
  ].join("\n");
}
