import { onTestFinished } from "vitest";

const beatMs = 5;

/**
 * The time for which this process has been running, in milliseconds, in steps of 5: a clock for limits of a
 * few milliseconds on a machine that pauses processes, because a pause of any length counts as one step.
 */
export function awakeTime(): () => number {
  let awakeMs = 0;
  const timer = setInterval(() => {
    awakeMs += beatMs;
  }, beatMs);
  onTestFinished(() => clearInterval(timer));
  return () => awakeMs;
}
