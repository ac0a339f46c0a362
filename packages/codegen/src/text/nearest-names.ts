/** The known names that are similar to a mistyped one, the most similar first. */
export function nearestNames(wanted: string, known: Iterable<string>, limit = 3): string[] {
  const lowered = wanted.toLowerCase();
  // A third of the letters may be wrong: enough for typing errors, too little for unrelated words.
  const maxDistance = Math.max(1, Math.floor(wanted.length / 3));
  return [...known]
    .map((name) => ({ name, distance: boundedDistance(lowered, name.toLowerCase(), maxDistance) }))
    .filter(
      ({ name, distance }) => distance <= maxDistance || (lowered.length > 2 && name.toLowerCase().includes(lowered)),
    )
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** The end of a message about an unknown name: ``did you mean `a` or `b`?``, or the known names if none is similar. */
export function suggestNames(wanted: string, known: readonly string[]): string {
  const nearest = nearestNames(wanted, known);
  if (nearest.length > 0) return `did you mean ${nearest.map((name) => `\`${name}\``).join(" or ")}?`;
  return known.length === 0 ? "no name is known." : `use one of ${[...known].sort().join(", ")}.`;
}

/** The edit distance if it can be at most `max`, else infinity: texts of another length are not compared. */
function boundedDistance(from: string, to: string, max: number): number {
  return Math.abs(from.length - to.length) > max ? Number.POSITIVE_INFINITY : editDistance(from, to);
}

/** How many letters must be inserted, deleted, replaced or swapped with the next to turn one text into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = last[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, replaced, swapped ? beforeLast[j - 2]! + 1 : Infinity));
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
}
