// Changes core's code on purpose, and counts how many of the changes the tests notice: in all areas, or in those named on the
// command line. Writes their rows of RESULTS.md. Ends with exit code 1 where an area has less than R50 requires.
import { areas } from "./areas.ts";
import { mutate } from "./mutate.ts";
import { leastPercent, writeResults } from "./results.ts";
import { type Score, scoreOf, unnoticed } from "./score.ts";

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !areas.some((area) => area.name === name));
if (unknown !== undefined) {
  console.error(`unknown area \`${unknown}\`: use one of ${areas.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}

const scores = new Map<string, Score>();
for (const area of areas) {
  if (wanted.length > 0 && !wanted.includes(area.name)) continue;
  console.log(`\n${area.name}: ${area.code.join(", ")}`);
  const mutants = await mutate(area);
  const score = scoreOf(mutants);
  scores.set(area.name, score);
  for (const line of unnoticed(mutants)) console.log(`unnoticed  ${line}`);
  console.log(`${area.name}: ${score.noticed} of ${score.all} changes noticed, ${score.percent.toFixed(1)} %`);
  // After each area, because all of them take hours.
  await writeResults(scores, new Date().toISOString().slice(0, 10));
  if (score.percent < leastPercent) process.exitCode = 1;
}
