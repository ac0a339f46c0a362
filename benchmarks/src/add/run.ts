// `connectry add` with real documents: draws them by a seed, generates a connector from each, compiles it with the programs of
// its README, runs the contract test that was written for it, iterates over each of its lists, and calls 20 of its operations. Prints a
// table, and why documents did not pass; the tables of lists and calls go to RESULTS.md.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleConnector } from "./bundle-connector.ts";
import { callOperations } from "./call.ts";
import { type CalledDocument, callsSection } from "./calls-report.ts";
import { directory, drawDocuments } from "./draw.ts";
import { listsSection, type WalkedDocument, writeDocumentSections } from "./lists-report.ts";
import { pinnedDocuments } from "./pinned.ts";
import { readDocument } from "./read-document.ts";
import { type Trial, tryDocument } from "./trial.ts";
import { walkLists } from "./walk.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "50" },
    only: { type: "string" },
    keep: { type: "boolean", default: false },
    lists: { type: "boolean", default: false },
    documents: { type: "string" },
  },
});
const parallel = 2;
const callsPerDocument = 20;

const drawn = await drawDocuments(Number(values.seed), Number(values.count));
const pinned = await pinnedDocuments(values.documents);
const files = [...pinned.values(), ...drawn].filter((file) => file.includes(values.only ?? ""));
const folder = await mkdtemp(join(tmpdir(), "connectry-add-"));
const trials: Trial[] = [];
const walks = new Map<number, WalkedDocument>();
const called = new Map<number, CalledDocument>();
const queue = [...files.entries()];
const worker = async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [index, file] = next;
    const trial = await tryDocument(file, join(folder, String(index)), values.lists);
    trials.push(trial);
    if (trial.failure?.step !== "add") {
      const project = join(folder, String(index));
      const [document, connector] = [await readDocument(file), await bundleConnector(project)];
      walks.set(index, { document: trial.document, walk: await walkLists(project, document, connector) });
      const draw = { seed: Number(values.seed), count: callsPerDocument };
      called.set(index, { document: trial.document, calls: await callOperations(document, connector, draw) });
    }
    console.log(`${String(index).padStart(3)} ${row(trial)}`);
  }
};
await Promise.all(Array.from({ length: parallel }, worker));

const passed = trials.filter(({ failure }) => failure === undefined);
const marked = (name: string) => trials.filter(({ open }) => open.includes(name)).length;
console.log(`\nconnectry add, ${trials.length} documents of ${directory.id}, seed ${values.seed}`);
console.log(
  `${passed.length} of ${trials.length} passed: ${values.lists ? "added" : "added, compiled, contract test passed"}`,
);
console.log(
  `operations ${trials.reduce((sum, { operations }) => sum + operations, 0)}, contract checks ${trials.reduce((sum, { checks }) => sum + checks, 0)}`,
);
console.log(
  `left open: base URL ${marked("baseUrl")}, auth ${marked("auth")}, errors ${marked("errors")}; lists in ${trials.filter(({ lists }) => lists > 0).length}`,
);
for (const { document, failure } of trials.filter((trial) => trial.failure !== undefined))
  console.log(`  ${document}: ${failure?.step}: ${failure?.reason}`);
const inOrder = <Value>(all: ReadonlyMap<number, Value>) =>
  [...all].sort(([one], [other]) => one - other).map(([, value]) => value);
const source = `${pinned.size} pinned documents, and ${drawn.length} of ${directory.id} by seed ${values.seed}`;
const sections = `${listsSection(inOrder(walks), source)}\n${callsSection(inOrder(called), source)}`;
console.log(`\n${sections}`);
if (values.only === undefined) await writeDocumentSections(sections);
if (values.keep) console.log(`kept in ${folder}`);
else await rm(folder, { recursive: true, force: true });
process.exitCode = passed.length >= 0.9 * trials.length ? 0 : 1;

function row({ document, operations, lists, open, checks, failure }: Trial): string {
  const result = failure === undefined ? "passed" : `FAILED at ${failure.step}`;
  const left = open.length > 0 ? `open: ${open.join(", ")}` : "";
  return `${document.padEnd(62)} ${String(operations).padStart(4)} operations ${String(lists).padStart(3)} lists ${String(checks).padStart(3)} checks  ${result.padEnd(18)} ${left}`;
}
