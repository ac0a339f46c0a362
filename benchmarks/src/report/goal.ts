import type { Goal } from "./section.ts";

/** What is compared with a goal. */
export interface Compared {
  readonly target: string;
  /** The value as it is shown. */
  readonly measured: string;
  readonly value: number;
}

/** A goal that is met where the value is at most so much. */
export function atMost(most: number, { target, measured, value }: Compared): Goal {
  return { target, measured, met: value <= most, share: value / most };
}

/** A goal that is met where the value is at least so much. */
export function atLeast(least: number, { target, measured, value }: Compared): Goal {
  return { target, measured, met: value >= least, share: least / value };
}
