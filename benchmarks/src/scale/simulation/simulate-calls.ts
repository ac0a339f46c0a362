import { type CallsRun, type CallsWorkload, callsProcess, type ProcessParts } from "../workloads/calls.ts";
import { type Simulated, type SimulatedParts, type SimulationSetup, simulateProcesses } from "./simulate-processes.ts";

/** Runs calls of many processes on a simulated Redis. */
export function simulateCalls(
  workload: CallsWorkload,
  {
    provider,
    isPrepared,
    ...setup
  }: SimulationSetup &
    Pick<ProcessParts, "provider"> & {
      /** Whether Redis knows the script before the first call that counts. @default false */
      readonly isPrepared?: boolean;
    },
): Promise<Simulated<CallsRun>> {
  const { processes, durationMs } = workload;
  const prepare = isPrepared && ((parts: SimulatedParts) => callsProcess(workload, { ...parts, provider }).prepare());
  return simulateProcesses(
    { processes, endsAtMs: durationMs + 1_000 },
    { ...setup, ...(prepare && { prepare }) },
    (parts) => {
      const own = callsProcess(workload, { ...parts, provider });
      return () => own.run();
    },
  );
}
