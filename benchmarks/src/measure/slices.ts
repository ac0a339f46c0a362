import type { Target } from "../callers/caller.ts";
import type { Slice, SliceRequest } from "../callers/caller-process.ts";
import { type Calling, startCalling } from "../callers/calling.ts";
import { figure } from "../report/format.ts";
import type { Entry } from "../subjects/roll.ts";
import { inParallel } from "./in-parallel.ts";
import { interleave, type Measured } from "./interleave.ts";

/** How long and how often each client makes calls, and how it warms up. */
export interface SlicePlan {
  readonly rounds: number;
  readonly ms: number;
  readonly leadMs: number;
  readonly lanes: number;
  /** Enough for the JIT compiler to finish, also on a busy machine. */
  readonly warmUpCalls: number;
}

// The limit for a client that is too slow for its warm-up calls.
const maxWarmUpMs = 5_000;

/** Describes the plan. */
export function planText({ rounds, ms, warmUpCalls }: SlicePlan): string {
  return `a process for each client, ${rounds} rounds of ${ms} ms in turn after ${figure(warmUpCalls)} calls (at most ${maxWarmUpMs / 1_000} s) to warm up`;
}

/** Microseconds of processor time per call, for each slice. */
export function costsOf(slices: readonly Slice[]): number[] {
  return slices.map(({ calls, cpuMs }) => (cpuMs * 1_000) / calls);
}

/** Starts a process for each client, warms up as many at once as there are cores, and then lets them make calls in turn. */
export async function slices(
  entries: readonly Entry[],
  target: Target,
  { rounds, warmUpCalls, ...slice }: SlicePlan,
): Promise<Map<Entry, Measured<Slice>>> {
  const running = new Map<Entry, Calling>();
  const request: SliceRequest = { ...slice, maxCalls: Number.MAX_SAFE_INTEGER };
  try {
    const started = await inParallel(entries, async (entry) => {
      const calling = await startCalling(entry, target);
      running.set(entry, calling);
      await calling.ask({ ...request, leadMs: 0, ms: maxWarmUpMs, maxCalls: warmUpCalls });
    });
    const ready = entries.filter((entry) => started.get(entry)?.kind === "figures");
    const measured = await interleave(ready, rounds, (entry) => (running.get(entry) as Calling).ask(request));
    const failed = [...started].flatMap(([entry, result]): [Entry, Measured<Slice>][] =>
      result.kind === "failed" ? [[entry, result]] : [],
    );
    return new Map([...measured, ...failed]);
  } finally {
    for (const calling of running.values()) calling.stop();
  }
}
