import type { Spread } from "./median.ts";

/** A number as a reader takes it in: three significant digits below 100, whole and grouped above. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

/** Bytes as kB or MB of a thousand each, as the goals are written. */
export function bytes(value: number): string {
  return value < 1_000_000 ? `${figure(value / 1_000)} kB` : `${figure(value / 1_000_000)} MB`;
}

/** `12.3 (11.9–14)`: the median, and between what the rounds lay. */
export function withSpread({ median, min, max }: Spread): string {
  return `${figure(median)} (${figure(min)}–${figure(max)})`;
}

/** `3.2x`. */
export function times(ratio: number): string {
  return `${figure(ratio)}x`;
}
