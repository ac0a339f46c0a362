// Runs every measurement, or those named on the command line, prints the tables, and writes RESULTS.md when all ran.
// Ends with exit code 1 where a measurement failed; a goal that is not met only shows in the tables.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readConnectors } from "../../scripts/connectors.ts";
import { readDocumentSections } from "./add/lists-report.ts";
import { benches } from "./benches.ts";
import { installTarballs } from "./installed/tarballs.ts";
import { versionLines } from "./installed/versions.ts";
import { writeGoals } from "./report/goals-file.ts";
import { load, machineLine } from "./report/machine.ts";
import { brokenLines, goalCount, goalGrid, markdownReport, plainSection } from "./report/report.ts";
import type { Section } from "./report/section.ts";
import { plainTable } from "./report/table.ts";
import { readSoakSection } from "./soak/soak-section.ts";
import { providers } from "./subjects.ts";

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !benches.some((bench) => bench.name === name));
if (unknown !== undefined) {
  console.error(`unknown benchmark \`${unknown}\`: use one of ${benches.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}

const startedAt = performance.now();
const secondsSince = (from: number) => `${((performance.now() - from) / 1_000).toFixed(1)} s`;
const loadAtStart = load();
console.log("pack our packages and install the tarballs");
await installTarballs();
const versions = await versionLines();

const sections: Section[] = [];
for (const bench of benches) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
  const benchStartedAt = performance.now();
  process.stdout.write(`measure ${bench.name} ... `);
  const section = await bench.run();
  console.log(secondsSince(benchStartedAt));
  sections.push(section);
  console.log(plainSection(section));
  console.log();
}

console.log(`${plainTable(goalGrid(sections))}\n`);
const broken = brokenLines(sections);
for (const line of broken) console.log(`BROKEN ${line}`);
const root = fileURLToPath(new URL("../..", import.meta.url));
const others = readConnectors(root).flatMap(({ id }) => (providers.some((one) => one.id === id) ? [] : [id]));
if (wanted.length === 0) {
  const measuredAt = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const head = [
    `${measuredAt}, ${secondsSince(startedAt)}`,
    `${machineLine()}; load ${loadAtStart} before the run, ${load()} at its end (a quiet machine: 0 and about 2)`,
    ...versions,
    `connectors that are compared with no official client here: ${others.join(", ") || "none"}`,
  ];
  await writeFile(
    new URL("../RESULTS.md", import.meta.url),
    markdownReport(head, sections) + (await readSoakSection()) + (await readDocumentSections()),
  );
  await writeGoals(measuredAt, sections);
  console.log("wrote benchmarks/RESULTS.md and GOALS.json; `pnpm pictures --only goals` draws the chart");
}
console.log(`${goalCount(sections)}, ${broken.length} measurements failed, ${secondsSince(startedAt)}`);
process.exitCode = broken.length === 0 ? 0 : 1;
