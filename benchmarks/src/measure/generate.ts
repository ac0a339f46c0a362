import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { keptClients } from "../add/cache-folder.ts";
import { run } from "../installed/run.ts";
import { scratch } from "../installed/tarballs.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import { median, pairedRatio, spread } from "../report/median.ts";
import type { Bench } from "../report/section.ts";
import { providers } from "../subjects.ts";
import { interleave } from "./interleave.ts";

const rounds = 5;
const maxRatio = 1.3;
const target = `regenerating all <= ${maxRatio}x the sum of bare openapi-typescript`;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const codegen = `${root}/packages/codegen`;
const reportUsage = fileURLToPath(new URL("report-usage.mjs", import.meta.url));

interface Run {
  readonly ms: number;
  readonly cpuMs: number;
}

/** Runs a program, and measures its wall time and processor time. */
async function time(args: readonly string[]): Promise<Run> {
  const usage = `${scratch}/generate/usage`;
  process.env.USAGE_FILE = usage;
  const startedAt = performance.now();
  await run(process.execPath, ["--import", pathToFileURL(reportUsage).href, ...args], root);
  return { ms: performance.now() - startedAt, cpuMs: Number(await readFile(usage, "utf8")) };
}

interface Loaded {
  readonly name: string;
  readonly json: unknown;
}

/** Writes every document with its overlay applied, as our generator reads it, so that both read the same. */
async function writeDocuments(): Promise<string[]> {
  const { loadDocuments } = (await import(`${codegen}/dist/index.js`)) as {
    loadDocuments(provider: string, options: { specs: string }): Promise<readonly Loaded[]>;
  };
  const files: string[] = [];
  for (const { id } of providers) {
    for (const { name, json } of await loadDocuments(id, { specs: `${root}/specs` })) {
      const file = `${scratch}/generate/${id}-${name}.json`;
      await writeFile(file, JSON.stringify(json));
      files.push(file);
    }
  }
  return files;
}

/** How long it takes to generate all clients again, from documents that were pulled before. */
export const generate: Bench = {
  name: "generate",
  async run() {
    await rm(`${scratch}/generate`, { recursive: true, force: true });
    await mkdir(`${scratch}/generate`, { recursive: true });
    const files = await writeDocuments();
    const bareCli = `${codegen}/node_modules/openapi-typescript/bin/cli.js`;
    const bare = async (): Promise<Run> => {
      let [ms, cpuMs] = [0, 0];
      for (const file of files) {
        const one = await time([bareCli, file, "-o", `${file}.ts`]);
        [ms, cpuMs] = [ms + one.ms, cpuMs + one.cpuMs];
      }
      return { ms, cpuMs };
    };
    const ours = async () => {
      await rm(keptClients, { recursive: true, force: true });
      return time([`${codegen}/bin/connectry.js`, "generate", ...providers.map(({ id }) => id)]);
    };
    const measured = await interleave([ours, bare], rounds, (measure) => measure());
    const [mine, theirs] = [ours, bare].map((measure) => measured.get(measure));
    if (mine?.kind !== "figures" || theirs?.kind !== "figures") {
      throw new Error([mine, theirs].map((one) => (one?.kind === "failed" ? one.why : "")).join(" "));
    }
    const [myMs, theirMs] = [mine, theirs].map((one) => one.rounds.map(({ ms }) => ms)) as [number[], number[]];
    const [myCpu, theirCpu] = [mine, theirs].map((one) => one.rounds.map(({ cpuMs }) => cpuMs)) as [number[], number[]];
    const wall = pairedRatio(myMs, theirMs);
    const byCpu = pairedRatio(myCpu, theirCpu).median;
    return {
      title: "Generating all clients",
      how: `The ${files.length} documents of ${providers.length} providers, pulled before, from the start of a process to its end, ${rounds} rounds in turn: \`connectry generate\` once for all of them, which also checks, reads profiles, and writes indexes, operations, facts and surfaces; and the command of openapi-typescript, once for each document with its overlay already applied. CPU is the processor time of all threads.`,
      columns: ["ms", "CPU ms", "ratio", "ratio by processor time"],
      rows: [
        {
          name: "@connectry/codegen",
          cells: [withSpread(spread(myMs)), withSpread(spread(myCpu)), times(wall.median), times(byCpu)],
          goals: [
            atMost(maxRatio, {
              target,
              measured: `${times(wall.median)} (${times(wall.min)}–${times(wall.max)}); by processor time ${times(byCpu)}`,
              value: wall.median,
            }),
          ],
        },
        {
          name: "openapi-typescript",
          cells: [withSpread(spread(theirMs)), figure(median(theirCpu)), "1x", "1x"],
          goals: [],
        },
      ],
    };
  },
};
