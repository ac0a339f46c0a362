import { readFile, writeFile } from "node:fs/promises";
import { areas } from "./areas.ts";
import type { Score } from "./score.ts";

/** The share in percent that R50 requires. */
export const leastPercent = 85;

const file = new URL("../RESULTS.md", import.meta.url);

const rowOf = (name: string, { noticed, all, percent }: Score, day: string) =>
  `| ${name} | ${noticed} of ${all} | ${percent.toFixed(1)} % | ${percent >= leastPercent ? "met" : "NOT MET"} | ${day} |`;

/** Writes the rows of the areas that ran, and keeps the rows of the others. */
export async function writeResults(scores: ReadonlyMap<string, Score>, day: string): Promise<void> {
  const before = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const rows = areas.flatMap(({ name }) => {
    const score = scores.get(name);
    return score ? [rowOf(name, score, day)] : before.filter((line) => line.startsWith(`| ${name} |`));
  });
  const text = `# Mutation testing

Written by \`pnpm mutate\`: Stryker changes the code in one place after another, and runs the tests that reach it. R50 requires
that tests notice ${leastPercent} % of the changes. A run lists the others; most of them change nothing that a caller could see.

| area | noticed | share | R50 | measured |
|---|---|---|---|---|
${rows.join("\n")}
`;
  await writeFile(file, text);
}
