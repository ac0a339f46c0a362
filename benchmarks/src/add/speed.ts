// How long `connectry add` and `connectry generate` take beside openapi-typescript and hey-api, for the pinned documents of vendors and
// for drawn ones, in one run, by processor time. Fits a line through our times by operations, and writes its own section of RESULTS.md.
// Ends with exit code 1 where a document is above twice the line.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { directory, drawDocuments } from "./draw.ts";
import { pinnedDocuments } from "./pinned.ts";
import { replaceSection } from "./replace-section.ts";
import { fitCommand, speedHeading, speedSection } from "./speed-report.ts";
import { type TimedDocument, timeDocument } from "./timed-document.ts";
import { nameOf } from "./trial.ts";

const { values } = parseArgs({
  options: {
    documents: { type: "string" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "24" },
    only: { type: "string" },
  },
});

const pinned = await pinnedDocuments(values.documents);
const drawn = await drawDocuments(Number(values.seed), Number(values.count));
const files = [...pinned.values(), ...drawn].filter((file) => file.includes(values.only ?? ""));
const folder = await mkdtemp(join(tmpdir(), "connectry-speed-"));
const timed: TimedDocument[] = [];
const left: string[] = [];
for (const [index, file] of files.entries()) {
  const name = nameOf(file);
  try {
    const one = await timeDocument(name, file, join(folder, String(index)));
    timed.push(one);
    console.log(`${name}: ${one.operations} operations, ${JSON.stringify(one.cpuMs)}`);
  } catch (error) {
    // Whether a document can be added, `pnpm bench:add` measures.
    left.push(name);
    console.log(`${name}: ${(error as Error).message}`);
  }
}
await rm(folder, { recursive: true, force: true });

const without = left.length === 0 ? "" : `, without ${left.join(", ")}, which cannot be added`;
const source = `${pinned.size} pinned documents, and ${drawn.length} of ${directory.id} by seed ${values.seed}${without}`;
const section = speedSection(timed, source);
console.log(`\n${section}`);
if (values.only === undefined) await replaceSection(speedHeading, section);
const isMet = (["connectry add", "connectry generate"] as const).every(
  (program) => fitCommand(timed, program).above.length === 0,
);
process.exitCode = isMet ? 0 : 1;
