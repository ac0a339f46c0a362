import type { Expected, Fault } from "../faults/fault.ts";
import type { Measured } from "./measure.ts";

/** One thing that a client does or does not do before a fault. */
export interface Check {
  readonly name: string;
  readonly met: boolean;
}

/** Timers of both sides are whole milliseconds, and a request takes a moment. */
const toleranceMs = 25;

function ends({ outcome: expected }: Expected, { outcome }: Measured): boolean {
  return expected === "either" ? outcome === "value" || outcome === "error" : outcome === expected;
}

/** Compares what was measured with what is expected: each check is met or not, and what does not apply is absent. */
export function checksOf({ expected, call }: Fault, measured: Measured): Check[] {
  const { requests, withinMs = 16_000, names = [], waits, heapMiB, peakMiB, refreshes, items } = expected;
  const { outcome, waited } = measured;
  const checks: Check[] = [
    { name: "outcome", met: ends(expected, measured) },
    { name: "ends in time", met: measured.ms !== undefined && measured.ms <= withinMs },
    { name: "no leak", met: measured.leaks.length === 0 },
    { name: "no socket left", met: measured.busySockets === 0 },
  ];
  const add = (name: string, met: boolean) => checks.push({ name, met });
  if (requests) add("requests", measured.requests >= requests[0] && measured.requests <= requests[1]);
  if (["write", "read-then-write"].includes(call.kind) || (call.kind === "aborted" && call.isWrite))
    add("no write twice", measured.doubled === 0);
  if (waits) add("waits as asked", waited !== undefined && waited.ms >= waited.asksMs - toleranceMs);
  if (outcome === "error") for (const name of names) add(`names the ${name}`, measured.names.includes(name));
  // An error that did not arrive names nothing.
  else if (expected.outcome === "error") for (const name of names) add(`names the ${name}`, false);
  if (heapMiB !== undefined) add("memory is freed", measured.heapMiB !== undefined && measured.heapMiB <= heapMiB);
  if (peakMiB !== undefined) add("memory is bounded", measured.peakMiB !== undefined && measured.peakMiB <= peakMiB);
  if (refreshes !== undefined) add("one refresh", measured.refreshes <= refreshes);
  if (items !== undefined)
    add("all items", measured.items === items || (expected.outcome === "either" && outcome === "error"));
  return checks;
}
