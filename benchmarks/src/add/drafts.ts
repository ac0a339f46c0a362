// What `connectry add` leaves to write by hand: creates a connector from each pinned document of a vendor, and counts the lines that it
// marks with TODO, in profile.ts and README.md. Writes its own section of RESULTS.md.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { markdownTable } from "../report/table.ts";
import { byHandHeading, byHandSection } from "./by-hand.ts";
import { vendorDocuments } from "./pinned.ts";
import { replaceSection } from "./replace-section.ts";
import { addDocument } from "./trial.ts";

const { values } = parseArgs({ options: { documents: { type: "string" } } });
const goal = 10;

/** What was drafted from one document. */
interface Draft {
  readonly document: string;
  readonly operations: number;
  /** The fields of profile.ts with a TODO, each as often as it has one. */
  readonly fields: readonly string[];
  readonly marked: number;
}

const folder = await mkdtemp(join(tmpdir(), "connectry-drafts-"));
const drafts: Draft[] = [];
for (const [document, file] of await vendorDocuments(values.documents)) {
  const project = join(folder, document);
  const { code, stdout, stderr } = await addDocument(file, project);
  if (code !== 0) throw new Error(`${document}: ${stderr}`);
  const texts = await Promise.all(
    ["profile.ts", "README.md"].map((name) => readFile(join(project, "src/acme", name), "utf8")),
  );
  const draft = {
    document,
    operations: Number(/^acme: (\d+) operation/m.exec(stdout)?.[1]),
    fields: [...stdout.matchAll(/^ {2}(\w+): /gm)].map(([, name = ""]) => name),
    marked: texts.join("\n").match(/TODO:/g)?.length ?? 0,
  };
  drafts.push(draft);
  console.log(`${document}: ${draft.marked} (${draft.fields.join(", ")})`);
}
await rm(folder, { recursive: true, force: true });

const counts = drafts.map(({ marked }) => marked).sort((a, b) => a - b);
const middle = counts.length / 2;
const median = ((counts[Math.ceil(middle) - 1] ?? 0) + (counts[Math.floor(middle)] ?? 0)) / 2;
const rows = drafts.map(({ document, operations, fields, marked }) => [
  document,
  String(operations),
  String(marked),
  [...new Set(fields)].join(", ") || "none",
]);
await replaceSection(
  "## Drafts of real documents",
  `Written by \`pnpm bench:add drafts\`: what \`connectry add\` cannot read in ${drafts.length} pinned documents of vendors, and marks with TODO in profile.ts or
README.md, a line for each. The README always has one, about permissions. The median is ${median} (${median <= goal ? "met" : "NOT MET"}: at most ${goal}), the highest ${counts.at(-1)}.

${markdownTable([["", "operations", "marked lines", "fields of the profile"], ...rows])}`,
);
await replaceSection(byHandHeading, await byHandSection(new URL("../../../specs/", import.meta.url)));
