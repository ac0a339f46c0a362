// What other clients call these options.
const synonyms: Readonly<Record<string, readonly string[]>> = {
  timeout: ["deadlineMs", "attemptTimeoutMs"],
  maxRetries: ["maxAttempts"],
  retries: ["maxAttempts"],
  retry: ["maxAttempts"],
  apiKey: ["auth"],
  token: ["auth"],
  accessToken: ["auth"],
};

/** How many letters must be added, removed or replaced to turn one name into another (Levenshtein, 1966). */
function distance(from: string, to: string): number {
  let row = [...to, ""].map((_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    let last = index + 1;
    row = row.map((above, at) => {
      if (at > 0) last = Math.min(above + 1, last + 1, (row[at - 1] as number) + (letter === to[at - 1] ? 0 : 1));
      return last;
    });
  }
  return row.at(-1) as number;
}

/** The distance of a name from a known one: 0 where the known one contains it, as `maxPages` contains `pages`. */
function distanceTo(name: string, known: string): number {
  const [given, other] = [name.toLowerCase(), known.toLowerCase()];
  return given.length > 2 && other.includes(given) ? 0 : distance(given, other);
}

const quote = (name: string) => `\`${name}\``;

/** Suggests known names for an unknown one: what other clients call by that name, or else the nearest one, or else all. */
export function suggestNames(name: string, known: readonly string[]): string {
  const equivalents = (Object.hasOwn(synonyms, name) && synonyms[name]) || [];
  let likely = equivalents.filter((option) => known.includes(option));
  if (likely.length === 0 && name.length < 40) {
    const [best = ["", Infinity]] = known
      .map((option) => [option, distanceTo(name, option)] as const)
      .sort(([, one], [, other]) => one - other);
    if (best[1] <= Math.max(1, name.length / 3)) likely = [best[0]];
  }
  if (likely.length === 0) return `known are ${known.map(quote).join(", ")}.`;
  return `did you mean ${likely.map(quote).join(" or ")}?`;
}
