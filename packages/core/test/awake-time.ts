import { onTestFinished } from "vitest";

const beatMs = 5;

/**
 * The time for which this process has been running, in milliseconds, in steps of 5: a clock for gates in milliseconds
 * on a machine that stalls now and then, because a stall counts as one step however long it is.
 */
export function awakeTime(): () => number {
  let awakeMs = 0;
  const timer = setInterval(() => {
    awakeMs += beatMs;
  }, beatMs);
  onTestFinished(() => clearInterval(timer));
  return () => awakeMs;
}
