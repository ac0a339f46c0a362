// One subject in a process of its own. Its parent names a fault's calls and the address of its server, and gets what became of them.
import { setTimeout as sleep } from "node:timers/promises";
import type { CallPlan } from "../faults/fault.ts";
import { allSubjects } from "../subjects/all-subjects.ts";
import { type ErrorFacts, errorFacts } from "./error-facts.ts";
import { makeCalls } from "./make-calls.ts";

/** The request of the parent. */
export interface CallRequest {
  readonly key: string;
  readonly plan: CallPlan;
  readonly url: string;
  readonly redisPort?: number;
  /** Nothing else runs in this process: its memory is measured. */
  readonly isAlone: boolean;
}

/** What became of the calls. */
export interface CallReport {
  readonly key: string;
  /** The ids that arrived, without repetitions. */
  readonly values: readonly string[];
  readonly failures: number;
  readonly error?: ErrorFacts;
  readonly items?: number;
  readonly ms: number;
  readonly refreshes: number;
  readonly heapMiB: number | undefined;
  readonly peakMiB: number | undefined;
}

/** The credential of all subjects. */
const secret = "sk_test_Zq8vX3mN7pR2tLw5";
const secrets = [
  secret,
  ...["AC0123456789abcdef0123456789abcdef", "api"].map((user) => Buffer.from(`${user}:${secret}`).toString("base64")),
];

const [id = ""] = process.argv.slice(2);
const subject = (await allSubjects()).find((one) => one.id === id);
if (subject === undefined) throw new Error(`There is no subject called ${id}.`);
const { open } = subject;

const MiB = 1_048_576;
const collectGarbage = (globalThis as { gc?: () => void }).gc;

async function heapMiB(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    collectGarbage?.();
    await sleep(50);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MiB;
}

async function run({ key, plan, url, redisPort, isAlone }: CallRequest): Promise<CallReport> {
  let refreshes = 0;
  const refresh = async () => {
    refreshes += 1;
    await sleep(50);
    return `fresh_${secret}`;
  };
  const client = await open({ url, secret, refresh: plan.kind === "expired-token" ? refresh : undefined, redisPort });
  // So that what the first calls load and compile is not counted as theirs.
  if (isAlone && plan.kind === "distinct-reads") await makeCalls(client, { ...plan, count: 500 });
  const before = isAlone ? await heapMiB() : 0;
  const peakBefore = process.resourceUsage().maxRSS / 1_024;
  const startedAt = performance.now();
  const { values, error, failures, items } = await makeCalls(client, plan);
  const ms = performance.now() - startedAt;
  return {
    key,
    values: [...new Set(values.map(String))].slice(0, 5),
    failures,
    ...(failures > 0 && { error: errorFacts(error, secrets) }),
    ...(items !== undefined && { items }),
    ms,
    refreshes,
    heapMiB: isAlone ? Math.max(0, (await heapMiB()) - before) : undefined,
    peakMiB: isAlone ? process.resourceUsage().maxRSS / 1_024 - peakBefore : undefined,
  };
}

// A rejection that nobody handles does not end the process: it is counted, and shown.
let unhandled = 0;
process.on("unhandledRejection", () => {
  unhandled += 1;
});

process.on("message", async (request: CallRequest) => {
  try {
    process.send?.({ report: await run(request), unhandled });
  } catch (error) {
    process.send?.({ key: request.key, broken: (error as Error).stack, unhandled });
  }
});
// A client that retries for ever must not outlive the run.
process.on("disconnect", () => process.exit());
process.send?.("ready");
