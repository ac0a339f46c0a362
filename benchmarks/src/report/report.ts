import type { Row, Section } from "./section.ts";
import { gridOf, markdownTable, plainTable } from "./table.ts";

function goalsOf(rows: readonly Row[]): string[][] {
  return rows.flatMap(({ name, goals }) =>
    goals.map(({ target, measured, met }) => [met ? "met" : "NOT MET", name, target, measured]),
  );
}

/** Every goal with what was measured; the goals that are not met come first. */
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

/** The measurements that failed, one line for each. */
export function brokenLines(sections: readonly Section[]): string[] {
  return sections.flatMap(({ title, rows }) =>
    rows.filter(({ broken }) => broken).map(({ name, missing }) => `${title}: ${name} failed. ${missing}`),
  );
}

/** A section for the terminal. */
export function plainSection(section: Section): string {
  return `\n${section.title}\n${plainTable(gridOf(section))}`;
}

/** Sets the names of our own packages in bold. */
function emphasize([name = "", ...cells]: readonly string[]): string[] {
  return [name.startsWith("@connectry/") ? `**${name}**` : name, ...cells];
}

/** The whole report as a Markdown file. */
export function markdownReport(head: readonly string[], sections: readonly Section[]): string {
  const parts = sections.map(
    (section) => `## ${section.title}\n\n${section.how}\n\n${markdownTable(gridOf(section).map(emphasize))}\n`,
  );
  return [
    "# Connectry compared with its peers\n",
    "Written by `pnpm bench`. Figures are medians, followed by the lowest and the highest round; absolute times are those of this machine, ratios hold elsewhere, too.\n",
    `${head.map((line) => `- ${line}`).join("\n")}\n`,
    `## Goals: ${goalCount(sections)}\n\n![Each goal, and how near to it the figure is](../docs/pictures/goals.svg)\n\n${markdownTable(goalGrid(sections))}\n`,
    ...brokenLines(sections).map((line) => `- ${line}`),
    ...parts,
  ].join("\n");
}
