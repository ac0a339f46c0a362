// Changes core's code on purpose, and counts how many of the changes the tests notice: all areas, or those named on the
// command line. Writes RESULTS.md when all ran. Ends with exit code 1 where an area stays below what R50 asks.
import { writeFile } from "node:fs/promises";
import { areas } from "./areas.ts";
import { mutate } from "./mutate.ts";
import { scoreOf, unnoticed } from "./score.ts";

const leastPercent = 85;

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !areas.some((area) => area.name === name));
if (unknown !== undefined) {
  console.error(`There is no area \`${unknown}\`. There are: ${areas.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}

const rows: string[] = [];
for (const area of areas) {
  if (wanted.length > 0 && !wanted.includes(area.name)) continue;
  console.log(`\n${area.name}: ${area.code.join(", ")}`);
  const mutants = await mutate(area);
  const { noticed, all, percent } = scoreOf(mutants);
  const isGood = percent >= leastPercent;
  for (const line of unnoticed(mutants)) console.log(`unnoticed  ${line}`);
  console.log(`${area.name}: ${noticed} of ${all} changes noticed, ${percent.toFixed(1)} %`);
  rows.push(`| ${area.name} | ${noticed} of ${all} | ${percent.toFixed(1)} % | ${isGood ? "met" : "NOT MET"} |`);
  if (!isGood) process.exitCode = 1;
}

if (wanted.length === 0) {
  const text = `# Whether tests notice

Written by \`pnpm mutate\`: Stryker changes the code in one place after another, and runs the tests that reach it. R50 asks for
${leastPercent} % noticed. What is left is listed by a run; most of it changes nothing that a caller could see.

${new Date().toISOString().slice(0, 10)}

| area | noticed | share | R50 |
|---|---|---|---|
${rows.join("\n")}
`;
  await writeFile(new URL("../RESULTS.md", import.meta.url), text);
  console.log("wrote mutation/RESULTS.md");
}
