/**
 * Counters by name. The counters of two processes are merged by adding those of the same name, whatever they count, so that a new
 * one needs no code of its own.
 */
export type Counts = Map<string, number>;

/** Adds to a counter. */
export function add(counts: Counts, name: string, value = 1): void {
  if (value !== 0) counts.set(name, (counts.get(name) ?? 0) + value);
}

/** The value of a counter, 0 where it was never used. */
export function countOf(counts: Counts, name: string): number {
  return counts.get(name) ?? 0;
}

/** The counters of a group, `cache:hit` and `cache:miss` of `cache`, by what is after the colon. */
export function groupOf(counts: Counts, group: string): Readonly<Record<string, number>> {
  const prefix = `${group}:`;
  const found = [...counts].filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Adds all counters of one to another. */
export function addAll(counts: Counts, others: Iterable<readonly [string, number]>): void {
  for (const [name, value] of others) add(counts, name, value);
}
