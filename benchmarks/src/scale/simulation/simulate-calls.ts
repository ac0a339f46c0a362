import { type CallsRun, type CallsWorkload, callsProcess, type ProcessParts } from "../workloads/calls.ts";
import { type Simulated, type SimulationSetup, simulateProcesses } from "./simulate-processes.ts";

/** Runs calls of many processes on a simulated Redis. */
export function simulateCalls(
  workload: CallsWorkload,
  { provider, ...setup }: SimulationSetup & Pick<ProcessParts, "provider">,
): Promise<Simulated<CallsRun>> {
  const { processes, durationMs } = workload;
  return simulateProcesses({ processes, endsAtMs: durationMs + 1_000 }, setup, (parts) => {
    const own = callsProcess(workload, { ...parts, provider });
    return () => own.run();
  });
}
