/** Edits (insert, delete, replace) that lead from one word to another. */
function distance(from: string, to: string): number {
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

// Names and segments are short; what is longer is cut, so that a hostile one costs nothing.
const maxLength = 64;

/** The known name that a mistyped one most likely meant; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((other) => ({ other, edits: distance(name.slice(0, maxLength), other.slice(0, maxLength)) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, best.other.length / 3) ? best.other : undefined;
}

/** The path template that is most like a path which no operation has, compared segment by segment. */
export function nearestPath(path: string, templates: readonly string[]): string | undefined {
  const segments = path.split("/").slice(0, maxLength);
  const cost = (template: string) => {
    const wanted = template.split("/");
    let sum = 0;
    for (let index = 0; index < Math.max(segments.length, wanted.length); index += 1) {
      const one = segments[index];
      const other = wanted[index];
      if (one === undefined || other === undefined) sum += 1;
      else if (other.includes("{")) sum += one === "" ? 1 : 0.05;
      else if (one !== other) sum += distance(one.slice(0, maxLength), other) / Math.max(one.length, other.length);
    }
    return sum;
  };
  let best: { readonly template: string; readonly cost: number } | undefined;
  for (const template of templates) {
    const found = cost(template);
    if (best === undefined || found < best.cost) best = { template, cost: found };
  }
  return best?.template;
}
