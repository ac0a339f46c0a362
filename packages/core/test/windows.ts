/** The most events that any window of that length holds. */
export function mostInWindow(times: readonly number[], length: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  sorted.forEach((time, index) => {
    while ((sorted[first] ?? time) <= time - length) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** The events from one time up to another. */
export function between(times: readonly number[], from: number, to: number): number[] {
  return times.filter((time) => time >= from && time < to);
}

/** The time in milliseconds on a clock that all processes of a machine share. */
export function machineMs(): number {
  return performance.timeOrigin + performance.now();
}
