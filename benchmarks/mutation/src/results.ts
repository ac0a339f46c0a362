import { readFile, writeFile } from "node:fs/promises";
import { areas } from "./areas.ts";
import type { Score } from "./score.ts";

/** What share R50 asks for. */
export const leastPercent = 85;

const file = new URL("../RESULTS.md", import.meta.url);

const rowOf = (name: string, { noticed, all, percent }: Score, day: string) =>
  `| ${name} | ${noticed} of ${all} | ${percent.toFixed(1)} % | ${percent >= leastPercent ? "met" : "NOT MET"} | ${day} |`;

/** Writes the rows of the areas that ran, and leaves those of others as they are. */
export async function writeResults(scores: ReadonlyMap<string, Score>, day: string): Promise<void> {
  const before = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const rows = areas.flatMap(({ name }) => {
    const score = scores.get(name);
    return score ? [rowOf(name, score, day)] : before.filter((line) => line.startsWith(`| ${name} |`));
  });
  const text = `# Whether tests notice

Written by \`pnpm mutate\`: Stryker changes the code in one place after another, and runs the tests that reach it. R50 asks for
${leastPercent} % noticed. A run lists what is left; most of that changes nothing that a caller could see.

| area | noticed | share | R50 | measured |
|---|---|---|---|---|
${rows.join("\n")}
`;
  await writeFile(file, text);
}
