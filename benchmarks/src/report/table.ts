import type { Row, Section } from "./section.ts";

/** The text of the last column of a row. */
export function goalText({ goals }: Row): string {
  return goals.map(({ target, met }) => (met ? `met: ${target}` : `NOT MET: ${target}`)).join("; ");
}

/** A section as lines of equally many texts, its head first. */
export function gridOf({ columns, rows }: Section): string[][] {
  const anyGoal = rows.some(({ goals }) => goals.length > 0);
  const lines = rows.map((row) => {
    const cells = row.missing === undefined ? row.cells : [row.broken ? "failed" : row.missing];
    const filled = columns.map((_, index) => cells[index] ?? "");
    return [row.name, ...filled, ...(anyGoal ? [goalText(row)] : [])];
  });
  return [["", ...columns, ...(anyGoal ? ["goal"] : [])], ...lines];
}

/** A grid for a terminal: columns padded to their widest text. */
export function plainTable(grid: readonly (readonly string[])[]): string {
  const widths = (grid[0] ?? []).map((_, column) => Math.max(...grid.map((line) => line[column]?.length ?? 0)));
  const lines = grid.map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  "));
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [lines[0], rule, ...lines.slice(1)].map((line) => line?.trimEnd()).join("\n");
}

/** A grid as a Markdown table. */
export function markdownTable(grid: readonly (readonly string[])[]): string {
  const lines = grid.map((line) => `| ${line.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`);
  const rule = `|${"---|".repeat(grid[0]?.length ?? 0)}`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}
