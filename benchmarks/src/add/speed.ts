// How long `connectry add`, openapi-typescript and hey-api take for the pinned documents of vendors, one after the other in one run, by
// processor time. Fits a line through the times of `connectry add` by operations. Writes its own section of RESULTS.md.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { markdownTable } from "../report/table.ts";
import { lineThrough } from "./fitted-line.ts";
import { vendorDocuments } from "./pinned.ts";
import { replaceSection } from "./replace-section.ts";
import { makeProject } from "./trial.ts";

const { values } = parseArgs({ options: { documents: { type: "string" } } });
const root = fileURLToPath(new URL("../../../", import.meta.url));
const reportUsage = fileURLToPath(new URL("../measure/report-usage.mjs", import.meta.url));
const requireHere = createRequire(import.meta.url);
const requireCodegen = createRequire(join(root, "packages/codegen/package.json"));
const maxRatio = 2;

/** Where the program of a package is, by the field `bin` of its manifest. */
async function binOf(require: NodeJS.Require, name: string, command: string): Promise<string> {
  const manifest = require.resolve(`${name}/package.json`);
  return join(dirname(manifest), JSON.parse(await readFile(manifest, "utf8")).bin[command]);
}

const folder = await mkdtemp(join(tmpdir(), "connectry-speed-"));

/** The processor time of a program in milliseconds; undefined if it fails. */
async function time(args: readonly string[], cwd: string): Promise<{ cpuMs: number; stdout: string } | undefined> {
  const usage = join(folder, "usage");
  const env = { ...process.env, USAGE_FILE: usage };
  const started = promisify(execFile)(process.execPath, ["--import", pathToFileURL(reportUsage).href, ...args], {
    cwd,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  const result = await started.catch(() => undefined);
  return result && { cpuMs: Number(await readFile(usage, "utf8")), stdout: result.stdout };
}

const openapiTypescript = await binOf(requireCodegen, "openapi-typescript", "openapi-typescript");
// Its command starts this program as a process of its own.
const heyApi = join(dirname(requireHere.resolve("@hey-api/openapi-ts/package.json")), "dist/run.mjs");
const rows: { document: string; operations: number; own: number; bare: number | undefined; hey: number | undefined }[] =
  [];
for (const [document, file] of await vendorDocuments(values.documents)) {
  const project = join(folder, document);
  const spec = await makeProject(project, file);
  const own = await time(
    [join(root, "packages/codegen/bin/connectry.js"), "add", "acme", "--spec", spec, "--out", "src/acme"],
    project,
  );
  if (own === undefined) throw new Error(`${document}: connectry add failed`);
  const bare = await time([openapiTypescript, spec, "-o", "bare.ts"], project);
  const hey = await time([heyApi, "-i", spec, "-o", "hey", "--no-log-file"], project);
  const operations = Number(/^acme: (\d+) operation/m.exec(own.stdout)?.[1]);
  rows.push({ document, operations, own: own.cpuMs, bare: bare?.cpuMs, hey: hey?.cpuMs });
  console.log(document, operations, own.cpuMs, bare?.cpuMs, hey?.cpuMs);
}
await rm(folder, { recursive: true, force: true });

const line = lineThrough(rows.map(({ operations, own }) => [operations, own]));
const ratios = rows.map(({ operations, own }) => own / line.at(operations));
const seconds = (ms: number | undefined) => (ms === undefined ? "failed" : (ms / 1_000).toFixed(1));
const table = rows.map(({ document, operations, own, bare, hey }, index) => [
  document,
  String(operations),
  seconds(own),
  `${ratios[index]?.toFixed(2)}x`,
  seconds(bare),
  seconds(hey),
]);
const most = Math.max(...ratios);
await replaceSection(
  "## Speed by operations",
  `Written by \`node benchmarks/src/add/speed.ts\`: seconds of processor time for ${rows.length} pinned documents of vendors, one program after the other. \`connectry add\`
drafts the profile, writes the client, and compiles it; the others write types, or a client. The line fitted to \`connectry add\` is ${seconds(line.at(0))} s + ${(line.slope / 1_000).toFixed(3)} s for
each operation, and no document may be above ${maxRatio} times the line: the highest is ${most.toFixed(2)}x (${most <= maxRatio ? "met" : "NOT MET"}).

${markdownTable([["", "operations", "`connectry add`", "of the line", "openapi-typescript", "hey-api"], ...table])}`,
);
