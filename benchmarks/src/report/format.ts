import type { Spread } from "./median.ts";

/** A readable number: three significant digits below 100, an integer with separators from 100 on. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

/** Bytes as kB or MB, of 1,000 and 1,000,000 bytes. */
export function bytes(value: number): string {
  return value < 1_000_000 ? `${figure(value / 1_000)} kB` : `${figure(value / 1_000_000)} MB`;
}

/** `12.3 (11.9–14)`: the median, the minimum and the maximum. */
export function withSpread({ median, min, max }: Spread): string {
  return `${figure(median)} (${figure(min)}–${figure(max)})`;
}

/** `3.2x`. */
export function times(ratio: number): string {
  return `${figure(ratio)}x`;
}
