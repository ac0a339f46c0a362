import type { Share } from "../rate-limit/grant-source.js";

/** What calls ask for that the same limits hold back. */
export interface ShareLine {
  /** The limits. */
  readonly names: string;
  /** What a call costs of each. */
  readonly costs: string;
  /** Both: a grant for one call is good for any other of these. */
  readonly key: string;
  /** What the strictest of the limits tolerates. */
  readonly toleranceMs: number;
}

const lines = new WeakMap<readonly Share[], ShareLine>();

/** The line of what a call asks for, reckoned once for each list. */
export function shareLine(shares: readonly Share[]): ShareLine {
  const known = lines.get(shares);
  if (known !== undefined) return known;
  const names = shares.map(({ name }) => name).join();
  const costs = shares.map(({ cost }) => cost).join();
  const toleranceMs = Math.min(...shares.map(({ gcra }) => gcra.toleranceMs));
  const line = { names, costs, key: `${costs} of ${names}`, toleranceMs };
  lines.set(shares, line);
  return line;
}
