/**
 * What a change does to callers. `breaking`: code that compiled or worked may stop doing so. `invisible`: callers
 * notice nothing.
 */
export type Level = "breaking" | "additive" | "invisible";

/** All levels, the most severe first. */
export const levels: readonly Level[] = ["breaking", "additive", "invisible"];

/** Which level a kind of change has: the same for requests and responses, or one for each. */
export interface Rule {
  readonly request: Level;
  readonly response: Level;
  /** What happened, as the rest of a sentence that starts with the location of the change. */
  readonly text: string;
}

/** A rule with the same level for requests and responses. */
export function always(level: Level, text: string): Rule {
  return { request: level, response: level, text };
}
