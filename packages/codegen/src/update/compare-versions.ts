/** Whether a version comes after another (https://semver.org/#spec-item-11). */
export function isNewer(version: string, than: string): boolean {
  const [mine, yours] = [parse(version), parse(than)];
  for (const [index, part] of mine.numbers.entries()) {
    const difference = part - (yours.numbers[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  if (mine.before.length === 0 || yours.before.length === 0) return mine.before.length < yours.before.length;
  for (const [index, part] of mine.before.entries()) {
    const other = yours.before[index];
    if (other === undefined) return true;
    if (part === other) continue;
    const [a, b] = [Number(part), Number(other)];
    // Numbers come before words, and are compared as numbers.
    if (!Number.isNaN(a) && !Number.isNaN(b)) return a > b;
    return Number.isNaN(a) === Number.isNaN(b) ? part > other : Number.isNaN(a);
  }
  return false;
}

function parse(version: string): { readonly numbers: readonly number[]; readonly before: readonly string[] } {
  const [core = "", ...rest] = (version.split("+")[0] ?? "").split("-");
  const before = rest.join("-");
  return { numbers: core.split(".").map(Number), before: before === "" ? [] : before.split(".") };
}
