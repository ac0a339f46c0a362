import { estimateTokens } from "./estimate-tokens.js";

/** Removes secrets from a text. */
export type RedactText = (text: string) => string;

/** A JSON value that fits into a number of tokens, and what it does not have. */
export interface Fitted {
  readonly value: unknown;
  /** What was left out, one place a line: `data: 4 of 10 items`. */
  readonly leftOut: readonly string[];
}

// More levels than any provider's response has; a deeper one is an attack on code that reads it.
const maxDepth = 64;
const maxNotes = 10;
/** Fewer tokens of a list or an object than these say nothing. */
const leastPart = 40;
const maxNameLength = 60;
const maxPathLength = 120;
/** What a member costs besides its name and value: a colon, a comma, quotes. */
const memberTokens = 2;

type Entry = readonly [key: string, value: unknown];

/** Where a value is, and how many tokens it may have. */
interface Place {
  readonly budget: number;
  readonly path: string;
  readonly depth: number;
}

const short = (name: string) => (name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name);

/** A text as `markData` writes it. */
const asJson = (text: string) => JSON.stringify(text).replaceAll("<", "\\u003c");

/** Computes what values cost, each object once. */
function createMeter() {
  const known = new WeakMap<object, number>();
  const measure = (value: unknown, depth = 0): number => {
    if (typeof value === "string") return estimateTokens(asJson(value)) + 1;
    if (typeof value !== "object" || value === null) return estimateTokens(String(value)) + 1;
    const before = known.get(value);
    if (before !== undefined) return before;
    let tokens = memberTokens;
    if (depth >= maxDepth) tokens = Number.POSITIVE_INFINITY;
    else if (Array.isArray(value)) for (const item of value) tokens += measure(item, depth + 1) + 1;
    else
      for (const [key, member] of Object.entries(value))
        tokens += estimateTokens(key) + memberTokens + measure(member, depth + 1);
    known.set(value, tokens);
    return tokens;
  };
  return measure;
}

/**
 * Cuts a JSON value to a number of tokens: of lists the first items stay, of objects all small members, of texts their beginning. Secrets
 * are redacted before anything is cut, so that no part of one stays.
 */
export function fitTokens(value: unknown, maxTokens: number, redact: RedactText): Fitted {
  const measure = createMeter();
  const leftOut: string[] = [];
  const note = (path: string, text: string) =>
    leftOut.push(
      `${path === "" ? "the response" : path.length > maxPathLength ? `…${path.slice(-maxPathLength)}` : path}: ${text}`,
    );

  const fitText = (given: string, budget: number, path: string): string => {
    const text = redact(given);
    if (measure(text) <= budget) return text;
    // Fewer characters than tokens allow, halved until it fits.
    let length = Math.min(text.length, Math.max(0, Math.floor(budget * 3)));
    while (length > 0 && measure(text.slice(0, length)) > budget) length = Math.floor(length * 0.8);
    note(path, `the first ${length} of ${text.length} characters`);
    return `${text.slice(0, length)}…`;
  };

  const fitList = (items: readonly unknown[], { budget, path, depth }: Place): unknown[] => {
    const kept: unknown[] = [];
    let left = budget - memberTokens;
    for (const [index, item] of items.entries()) {
      const cost = measure(item) + 1;
      if (cost > left && index > 0) break;
      kept.push(fit(item, { budget: Math.min(cost, left), path: `${path}[${index}]`, depth: depth + 1 }));
      left -= cost;
      if (left <= 0) break;
    }
    if (kept.length < items.length) note(path, `${kept.length} of ${items.length} items`);
    return kept;
  };

  const fitMembers = (value: Readonly<Record<string, unknown>>, { budget, path, depth }: Place): object => {
    const entries = Object.entries(value);
    const costOf = ([key, member]: Entry) => estimateTokens(key) + memberTokens + measure(member);
    let left = budget - memberTokens;
    let count = entries.length;
    const allowances = new Map<string, number>();
    // The small ones first and as a whole; a large one gets a part only where that is worth its place.
    for (const entry of [...entries].sort((one, other) => costOf(one) - costOf(other))) {
      const [key, member] = entry;
      const cost = costOf(entry);
      const share = cost <= left ? cost : Math.floor(left / count);
      count -= 1;
      if (share < cost && share < leastPart) continue;
      allowances.set(key, cost <= left ? measure(member) : share - estimateTokens(key) - memberTokens);
      left -= share;
    }
    const missing = entries.filter(([key]) => !allowances.has(key)).map(([key]) => short(redact(key)));
    if (missing.length > 0) note(path, `without ${missing.slice(0, 8).join(", ")}${missing.length > 8 ? ", …" : ""}`);
    const kept = entries.flatMap(([key, member]): Entry[] => {
      const allowance = allowances.get(key);
      const name = redact(key);
      const at = path === "" ? short(name) : `${path}.${short(name)}`;
      return allowance === undefined ? [] : [[name, fit(member, { budget: allowance, path: at, depth: depth + 1 })]];
    });
    return Object.fromEntries(kept);
  };

  const fit = (value: unknown, place: Place): unknown => {
    const { budget, path, depth } = place;
    if (typeof value === "string") return fitText(value, budget, path);
    if (typeof value === "bigint") return redact(`${value}`);
    if (typeof value === "number") return redact(`${value}`) === `${value}` ? value : "***";
    if (typeof value !== "object" || value === null) return value;
    if (depth >= maxDepth) {
      note(path, `nested deeper than ${maxDepth} levels`);
      return null;
    }
    return Array.isArray(value) ? fitList(value, place) : fitMembers(value as Readonly<Record<string, unknown>>, place);
  };

  const whole = measure(value);
  // What was left out has to be said within the limit, too.
  const forNotes = whole <= maxTokens ? 0 : Math.floor(maxTokens / 5);
  const fitted = fit(value, { budget: Math.min(maxTokens - forNotes, whole), path: "", depth: 0 });
  // The outermost places were noted last, and say most.
  const notes: string[] = [];
  let left = forNotes - memberTokens * 4;
  for (const text of leftOut.reverse().slice(0, maxNotes)) {
    left -= estimateTokens(text) + memberTokens;
    if (left < 0 && notes.length > 0) break;
    notes.push(text);
  }
  const more = leftOut.length - notes.length;
  return { value: fitted, leftOut: more > 0 ? [...notes, `and ${more} more places`] : notes };
}
