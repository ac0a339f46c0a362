/** The edit distance (insertions, deletions, replacements) between two strings. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next[j] = Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

// Names and segments are short; longer ones are truncated, so that a hostile one costs nothing.
const maxLength = 64;

/** The known name that is most similar to an unknown one; undefined where none is similar enough. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((other) => ({ other, edits: editDistance(name.slice(0, maxLength), other.slice(0, maxLength)) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, best.other.length / 3) ? best.other : undefined;
}

/** The path template that is most similar to an unknown path, compared segment by segment. */
export function nearestPath(path: string, templates: readonly string[]): string | undefined {
  const segments = path.split("/").slice(0, maxLength);
  const costOf = (template: string) => {
    const templateSegments = template.split("/");
    let sum = 0;
    for (let index = 0; index < Math.max(segments.length, templateSegments.length); index += 1) {
      const sent = segments[index];
      const expected = templateSegments[index];
      if (sent === undefined || expected === undefined) sum += 1;
      else if (expected.includes("{")) sum += sent === "" ? 1 : 0.05;
      else if (sent !== expected)
        sum += editDistance(sent.slice(0, maxLength), expected) / Math.max(sent.length, expected.length);
    }
    return sum;
  };
  let best: { readonly template: string; readonly cost: number } | undefined;
  for (const template of templates) {
    const cost = costOf(template);
    if (best === undefined || cost < best.cost) best = { template, cost };
  }
  return best?.template;
}
