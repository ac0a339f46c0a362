import { linearPattern } from "./linear-pattern.js";

/** What a string must match. */
export interface StringConstraints {
  /** An ECMA-262 regular expression, as in JSON Schema. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Strings that match common patterns which the generator does not support, such as `\p{L}`. */
function candidates(number: number): readonly string[] {
  return [`text-${number}`, `text${number}`, `Text${number}`, `TEXT${number}`, "text", "TEXT", String(number)];
}

/** Whether a string matches a pattern; true for a pattern that is not checked. */
const matches = (text: string, pattern: string) => linearPattern(pattern)?.test(text) ?? true;

/**
 * Returns the string itself where it matches the pattern, else a candidate with this number that matches. Returns the
 * string unchanged where no candidate matches.
 */
export function matchPattern(text: string, constraints: StringConstraints, number: number): string {
  const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = constraints;
  if (pattern === undefined || matches(text, pattern)) return text;
  const sized = candidates(number).map((one) => one.padEnd(minLength, "x").slice(0, maxLength));
  return sized.find((one) => matches(one, pattern)) ?? text;
}
