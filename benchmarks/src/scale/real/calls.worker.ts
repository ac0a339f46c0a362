// One of several real processes that run a workload on a real Redis. Messages: `start`, `run`; replies: `ready`, the run.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Redis } from "ioredis";
import { importCore } from "../load-core.ts";
import { seeded } from "../simulation/random.ts";
import { type CallsRun, type CallsWorkload, callsProcess } from "../workloads/calls.ts";

/** What a process is started with. */
export interface WorkerStart {
  readonly coreFile: string;
  readonly port: number;
  readonly workload: CallsWorkload;
  readonly seed: number;
}

/** What it did, and how late its timers were, all but one of a hundred. */
export interface WorkerRun extends CallsRun {
  readonly lateMs: number;
}

const timerMs = 5;

// All processes of a machine share this clock.
const machineMs = () => Number(process.hrtime.bigint()) / 1e6;

const [text = ""] = process.argv.slice(2);
const { coreFile, port, workload, seed } = JSON.parse(text) as WorkerStart;
const core = await importCore(coreFile);
const client = new Redis(port, "127.0.0.1");
await client.ping();
const aheadMs = machineMs() - core.systemClock.monotonic();
// On a busy machine Redis may need longer for its turn than the default allows.
const connection = core.ioredis(client as never, { timeoutMs: 2_000 });
const own = callsProcess(workload, { core, clock: core.systemClock, connection, random: seeded(seed) });
process.on("message", async () => {
  const delays = monitorEventLoopDelay({ resolution: timerMs });
  delays.enable();
  const run = await own.run();
  const lateMs = delays.percentile(99) / 1e6 - timerMs;
  const sent: WorkerRun = { ...run, sentAtMs: run.sentAtMs.map((atMs) => atMs + aheadMs), lateMs };
  process.send?.(sent);
});
process.on("disconnect", () => process.exit());
await own.prepare();
process.send?.("ready");
