// What many connectors cost: adds connectors from real documents to a copy of the repository, and measures by which turbo builds, checks
// and tests them, without a cache, with it, and after a change to one of them. Writes its own section of RESULTS.md.
import { existsSync, readFileSync } from "node:fs";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readConnectors } from "../../../scripts/connectors.ts";
import { directory, drawDocuments } from "../add/draw.ts";
import { vendorDocuments } from "../add/pinned.ts";
import { replaceSection } from "../add/replace-section.ts";
import { type ManyStep, manyHeading, manySection, readTasks } from "./many-report.ts";
import { measureCommand } from "./measured-command.ts";
import { addSampleConnectors, type SampleConnector } from "./sample-connectors.ts";

const { values } = parseArgs({
  options: {
    documents: { type: "string" },
    count: { type: "string", default: "14" },
    seed: { type: "string", default: "1" },
    pinned: { type: "string", default: "8" },
    keep: { type: "boolean", default: false },
    in: { type: "string" },
  },
});
const connectors = 23;
const count = Number(values.count);
const source = fileURLToPath(new URL("../../../", import.meta.url));
const folder = values.in ?? (await mkdtemp(join(tmpdir(), "connectry-many-")));
const root = join(folder, "repository");
const env = {
  ...process.env,
  CONNECTRY_DOCUMENTS: join(folder, "documents"),
  CONNECTRY_CACHE: join(folder, "cache"),
  TURBO_CACHE_DIR: join(folder, "turbo"),
  TURBO_TELEMETRY_DISABLED: "1",
};

async function run(command: readonly string[], cwd = root) {
  const measured = await measureCommand(command, { cwd, env });
  if (measured.code !== 0) console.log(measured.output.slice(-4_000));
  return measured;
}
const pnpm = (...args: string[]) => ["npx", "-y", "pnpm@12.21.0", ...args];
const turbo = (tasks: readonly string[], names: readonly string[]) => {
  const filters = names.map((name) => `--filter=@connectry/${name}`);
  return pnpm(
    "exec",
    "turbo",
    "run",
    ...tasks,
    ...filters,
    "--no-daemon",
    "--concurrency=2",
    "--continue",
    "--output-logs=errors-only",
  );
};

// A copy that was kept has all of it.
if (values.in === undefined) {
  await run(["git", "clone", "--quiet", "--no-hardlinks", source, root], folder);
  await run(pnpm("install", "--frozen-lockfile", "--prefer-offline"));
  await run(turbo(["build"], ["core", "codegen", "testing"]));
}
const existing = readConnectors(root).map(({ id }) => id);
const vendors = [...(await vendorDocuments(values.documents ?? process.env.CONNECTRY_DOCUMENTS))]
  .filter(([id]) => !existing.includes(id))
  .slice(0, Number(values.pinned))
  .map(([name, document]): SampleConnector => ({ name, document }));
const drawn = await drawDocuments(Number(values.seed), Math.max(0, count - vendors.length));
const others = drawn.map((document, index): SampleConnector => ({ name: `drawn-${index + 1}`, document }));
const added = await addSampleConnectors({ root, env }, [...vendors, ...others].slice(0, count));
await run(pnpm("install", "--no-frozen-lockfile", "--prefer-offline"));
const names = added.map(({ name }) => name);
await run(["node_modules/.bin/connectry", "pull", "--record", ...names]);

const steps: ManyStep[] = [];
async function measure(name: string, tasks: readonly string[], of = names): Promise<void> {
  const measured = await run(turbo(tasks, of));
  steps.push({ name, measured, samples: of.length });
  console.log(name, readTasks(measured.output), measured.cpuMs, measured.wallMs, measured.code);
}
const builds = ["generate", "build", "check"];
await measure("generate, build and check, cold", builds);
await measure("test, cold", ["test"]);
// turbo keeps no failed result, and a draft that nobody has completed may fail its contract.
const passing = names.filter((name) => hasPassed(join(root, "packages/connectors", name, ".cache/tests.json")));
const [changed] = passing;
if (changed !== undefined) {
  await measure("generate, build and check, warm", builds, passing);
  await measure("test, warm", ["test"], passing);
  await appendFile(join(root, "packages/connectors", changed, "src/profile.ts"), "// changed\n");
  await measure("all of it, one connector changed", [...builds, "test"], passing);
}

if (values.keep) console.log(`kept in ${folder}`);
else await rm(folder, { recursive: true, force: true });
const from = `${Math.min(vendors.length, names.length)} pinned documents and ${names.length - Math.min(vendors.length, names.length)} of ${directory.id}`;
const section = manySection(steps, { connectors, source: from, passed: passing.length });
console.log(`\n${section}`);
await replaceSection(manyHeading, section);
process.exitCode = passing.length > 0 ? 0 : 1;

function hasPassed(report: string): boolean {
  return existsSync(report) && JSON.parse(readFileSync(report, "utf8")).success === true;
}
