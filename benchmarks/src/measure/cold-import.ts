import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { run } from "../installed/run.ts";
import { homeOf, registryHome } from "../installed/tarballs.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import { median, spread } from "../report/median.ts";
import type { Bench } from "../report/section.ts";
import { type Entry, roll } from "../subjects/roll.ts";
import { roundsOf, rowsOf } from "../subjects/rows.ts";
import { slug } from "../subjects/subject.ts";
import { interleave, type Measured } from "./interleave.ts";

const rounds = 15;
const maxMs = 10;
const maxRatio = 0.3;
const target = `import <= ${maxMs} ms or <= ${maxRatio}x of the official package's`;

interface Start {
  readonly ms: number;
  readonly cpuMs: number;
}

// The process reports its own processor time: this adds the least to it, and the same to the empty process.
const report = `import { writeSync } from "node:fs";
const { user, system } = process.cpuUsage();
writeSync(1, String((user + system) / 1_000));
`;

async function writeImport(home: string, name: string, packages: readonly string[]): Promise<string> {
  await mkdir(`${home}/imports`, { recursive: true });
  const file = `${home}/imports/${name}.mjs`;
  const imports = packages.map((imported) => `import ${JSON.stringify(imported)};\n`);
  await writeFile(file, `${imports.join("")}${report}`);
  return file;
}

/** Measures a process from its start to its end. */
async function start(file: string): Promise<Start> {
  const startedAt = performance.now();
  const printed = await run(process.execPath, [file], dirname(file));
  return { ms: performance.now() - startedAt, cpuMs: Number(printed) };
}

/** What each round took more than the median of the empty process. */
function above(empty: readonly Start[], starts: readonly Start[]): { ms: number[]; cpuMs: number[] } {
  const emptyMs = median(empty.map(({ ms }) => ms));
  const emptyCpuMs = median(empty.map(({ cpuMs }) => cpuMs));
  return { ms: starts.map(({ ms }) => ms - emptyMs), cpuMs: starts.map(({ cpuMs }) => cpuMs - emptyCpuMs) };
}

/** What importing a package adds to the start of a process. */
export const coldImport: Bench = {
  name: "import",
  async run() {
    const entries = roll({ openapiFetch: "once" });
    const present = entries.filter(({ absent }) => !absent);
    const files = new Map<Entry | "empty", string>([["empty", await writeImport(registryHome, "empty", [])]]);
    for (const entry of present) {
      files.set(entry, await writeImport(homeOf(entry.subject), slug(entry.subject), entry.subject.packages));
    }
    const every: (Entry | "empty")[] = ["empty", ...present];
    // One round brings the files into the page cache, so that Node's work is measured and not the disk's.
    await interleave(every, 1, (entry) => start(files.get(entry) as string));
    const all = await interleave(every, rounds, (entry) => start(files.get(entry) as string));
    const empty = roundsOf(all.get("empty")) ?? [];
    const measured = new Map(present.map((entry) => [entry, all.get(entry) as Measured<Start>]));
    const officials = new Map(entries.filter(({ role }) => role === "official").map((entry) => [entry.group, entry]));
    return {
      title: "Cold import",
      how: `A fresh process that imports the package and ends, ${rounds} rounds in turn, less the median of an empty one (${withSpread(spread(empty.map(({ ms }) => ms)))} ms). CPU is what the process spent on processors, all threads, less the same of the empty one. Files are in the page cache; no compile cache. Ratio of ms against ours of the same provider (of Stripe for clients that know none).`,
      columns: ["ms", "CPU ms", "ratio"],
      rows: rowsOf(entries, measured, {
        targets: [target],
        content: ({ role, group }, starts, own) => {
          const { ms, cpuMs } = above(empty, starts);
          const mine = median(ms);
          const official = officials.get(group);
          const theirs = roundsOf(official && measured.get(official));
          const share = theirs === undefined ? Number.NaN : mine / median(above(empty, theirs).ms);
          return {
            cells: [
              withSpread(spread(ms)),
              withSpread(spread(cpuMs)),
              own === undefined ? "" : times(mine / median(above(empty, own).ms)),
            ],
            goals:
              role === "ours"
                ? [
                    // Either will do. Without an official package the time alone counts.
                    atMost(1, {
                      target,
                      measured: `${figure(mine)} ms, ${times(share)}`,
                      value: Math.min(mine / maxMs, Number.isNaN(share) ? Infinity : share / maxRatio),
                    }),
                  ]
                : [],
          };
        },
      }),
    };
  },
};
