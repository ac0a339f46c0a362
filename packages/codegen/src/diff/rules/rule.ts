import type { Level } from "../change.js";

/** How a change is judged: the same on both sides, or for requests and responses apart. */
export interface Rule {
  readonly request: Level;
  readonly response: Level;
  /** What is said of the place that changed. */
  readonly text: string;
}

/** A rule that judges both sides alike. */
export function always(level: Level, text: string): Rule {
  return { request: level, response: level, text };
}
