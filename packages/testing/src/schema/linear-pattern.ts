import { RE2JS } from "re2js";

/** A pattern of a document, matched by RE2: in a time that is linear in the length of the text, where backtracking could take years. */
export interface LinearPattern {
  /** Whether a text contains a match. */
  test(text: string): boolean;
}

// The patterns of providers have less than 200 characters.
const maxPatternLength = 1_000;

// The generator repeats up to five times, and what is inside as often each time.
const maxNesting = 3;

/** A pattern without escapes and character classes, whose characters have another meaning. */
const withoutClasses = (pattern: string) => pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, "x");

/** How deep repetitions are in each other: 2 for `(a+)+`. */
function nestingOf(pattern: string): number {
  const groups: number[] = [0];
  const plain = withoutClasses(pattern);
  for (let at = 0; at < plain.length; at += 1) {
    const isRepeated = /[*+{]/.test(plain[at + 1] ?? "");
    if (plain[at] === "(") groups.push(0);
    else if (isRepeated || plain[at] === ")") {
      const inner = plain[at] === ")" ? (groups.pop() ?? 0) : 0;
      const depth = inner + (isRepeated ? 1 : 0);
      groups.push(Math.max(groups.pop() ?? 0, depth));
    }
  }
  return Math.max(...groups);
}

function compile(pattern: string): LinearPattern | undefined {
  if (pattern.length > maxPatternLength || nestingOf(pattern) > maxNesting) return undefined;
  try {
    // Only what is valid in ECMA-262, too: the generator reads it.
    new RegExp(pattern, "u");
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch {
    return undefined;
  }
}

/** Whether a pattern has no groups and at most one endless repetition: any engine decides it at once. */
export function isPlainPattern(pattern: string): boolean {
  const plain = withoutClasses(pattern);
  return (
    !/[()]/.test(plain) && (plain.match(/[*+]|\{\d*,\}/g) ?? []).length < 2 && linearPattern(pattern) !== undefined
  );
}

const compiled = new Map<string, LinearPattern | undefined>();
const maxCompiled = 10_000;

/**
 * The pattern of a document; undefined for one that is not ECMA-262, that is not decided in linear time (lookaround, references to
 * groups), or that is too large: it is neither checked nor generated from.
 */
export function linearPattern(pattern: unknown): LinearPattern | undefined {
  if (typeof pattern !== "string") return undefined;
  if (!compiled.has(pattern)) {
    if (compiled.size >= maxCompiled) compiled.clear();
    compiled.set(pattern, compile(pattern));
  }
  return compiled.get(pattern);
}
