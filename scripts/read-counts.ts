/** The tests that a command counted. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Reads the last `N passed, N failed` of a command's output. Where it is missing, where nothing was counted, or where the command
 * failed without a counted failure, there is one failure.
 */
export function readCounts(output: string, exitCode: number): Counts {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const passed = Number(last?.[1] ?? 0);
  const failed = Number(last?.[2] ?? 0);
  const silent = failed === 0 && (last === undefined || passed === 0 || exitCode !== 0);
  return { passed, failed: silent ? 1 : failed };
}
