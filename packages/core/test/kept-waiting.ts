import { readFileSync } from "node:fs";

/**
 * How long this process has been ready to run while the machine ran others, in milliseconds since its start: `run_delay`
 * of https://docs.kernel.org/scheduler/sched-stats.html. Time in which the process itself sleeps or waits is not included.
 * 0 on other platforms than Linux.
 */
export function keptWaitingMs(): number {
  try {
    return Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}
