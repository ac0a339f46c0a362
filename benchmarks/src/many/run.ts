// What many connectors cost: adds connectors from real documents to a copy of the repository, and measures by which turbo builds, checks
// and tests them, without a cache, with it, and after a change to one of them. Writes its own section of RESULTS.md.
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
    keep: { type: "boolean", default: false },
  },
});
const connectors = 23;
const count = Number(values.count);
const source = fileURLToPath(new URL("../../../", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "connectry-many-"));
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

await run(["git", "clone", "--quiet", "--no-hardlinks", source, root], folder);
await run(pnpm("install", "--frozen-lockfile", "--prefer-offline"));
await run(turbo(["build"], ["core", "codegen", "testing"]));
const existing = readConnectors(root).map(({ id }) => id);
const vendors = [...(await vendorDocuments(values.documents ?? process.env.CONNECTRY_DOCUMENTS))]
  .filter(([id]) => !existing.includes(id))
  .map(([name, document]): SampleConnector => ({ name, document }));
const drawn = await drawDocuments(Number(values.seed), Math.max(0, count - vendors.length));
const others = drawn.map((document, index): SampleConnector => ({ name: `drawn-${index + 1}`, document }));
const added = await addSampleConnectors({ root, env }, [...vendors, ...others].slice(0, count));
await run(pnpm("install", "--no-frozen-lockfile", "--prefer-offline"));
const names = added.map(({ name }) => name);
await run(["node_modules/.bin/connectry", "pull", "--record", ...names]);

const steps: ManyStep[] = [];
async function measure(name: string, tasks: readonly string[]): Promise<void> {
  const measured = await run(turbo(tasks, names));
  steps.push({ name, measured });
  console.log(name, readTasks(measured.output), measured.cpuMs, measured.wallMs, measured.code);
}
const builds = ["generate", "build", "check"];
await measure("generate, build and check, cold", builds);
await measure("test, cold", ["test"]);
await measure("generate, build and check, warm", builds);
await measure("test, warm", ["test"]);
await appendFile(join(root, "packages/connectors", names[0] ?? "", "src/profile.ts"), "// changed\n");
await measure("all of it, one connector changed", [...builds, "test"]);

if (values.keep) console.log(`kept in ${folder}`);
else await rm(folder, { recursive: true, force: true });
const from = `${Math.min(vendors.length, names.length)} pinned documents and ${names.length - Math.min(vendors.length, names.length)} of ${directory.id}`;
const section = manySection(steps, { samples: names.length, connectors, source: from });
console.log(`\n${section}`);
await replaceSection(manyHeading, section);
process.exitCode = steps.every(({ measured }) => measured.code === 0) ? 0 : 1;
