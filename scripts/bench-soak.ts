// Runs calls, cache, webhooks and tokens together in 4 processes on a Redis Cluster of six nodes that are killed, stopped, slow and
// resharded, for 30 minutes (`--minutes 5`), and writes the figures into benchmarks/RESULTS.md. `test:chaos` has a shorter run.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSoakSection } from "../benchmarks/src/soak/soak-section.ts";
import { runStep } from "./run-step.ts";

const at = process.argv.indexOf("--minutes");
const minutes = at < 0 ? 30 : Number(process.argv[at + 1]);
if (!(minutes > 0)) throw new Error("--minutes takes a number above 0");

const folder = await mkdtemp(join(tmpdir(), "connectry-soak-"));
const figuresFile = join(folder, "figures.json");
process.env.CONNECTRY_SOAK_MINUTES = String(minutes);
process.env.CONNECTRY_SOAK_FIGURES = figuresFile;
const isDone = await runStep(`soak for ${minutes} minutes`, "node", [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--mode",
  "chaos",
  "soak",
]);
const figures = await readFile(figuresFile, "utf8").catch(() => undefined);
if (figures !== undefined) await writeSoakSection(JSON.parse(figures));
await rm(folder, { recursive: true, force: true });
if (!isDone) process.exitCode = 1;
