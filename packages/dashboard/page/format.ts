/** A time as people read it. */
export function duration(ms: number | undefined): string {
  if (ms === undefined) return "–";
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const units = [
    [86_400_000, "d"],
    [3_600_000, "h"],
    [60_000, "min"],
    [1_000, "s"],
  ] as const;
  const [size, unit] = units.find(([least]) => ms >= least) ?? [1_000, "s"];
  const value = ms / size;
  return `${Number(value.toFixed(value < 10 ? 1 : 0))} ${unit}`;
}

/** A share as a percentage. */
export const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

/** A count with separators. */
export const count = (value: number | undefined) =>
  value === undefined ? "–" : Math.round(value).toLocaleString("en-US");
