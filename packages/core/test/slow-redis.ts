import { readFileSync } from "node:fs";

/**
 * How long this process has been ready to run while the machine ran others, in milliseconds since it began, as the kernel
 * counts it (`run_delay` of https://docs.kernel.org/scheduler/sched-stats.html). What a process waits for by itself is no
 * part of it. 0 where there is no Linux.
 */
export function keptWaitingMs(): number {
  try {
    return Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}
