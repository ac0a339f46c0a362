/** What came of measuring one subject: its figures, round by round, or why there are none. */
export type Measured<T> =
  | { readonly kind: "figures"; readonly rounds: readonly T[] }
  | { readonly kind: "failed"; readonly why: string };

/**
 * Measures every subject once per round, and begins each round with another one: a machine that is busy for some time is busy
 * for all of them, and no subject always follows the same one. A subject that fails is not measured again.
 */
export async function interleave<S, T>(
  subjects: readonly S[],
  rounds: number,
  measure: (subject: S, round: number) => Promise<T>,
): Promise<Map<S, Measured<T>>> {
  const figures = new Map<S, T[]>(subjects.map((subject) => [subject, []]));
  const failures = new Map<S, string>();
  for (let round = 0; round < rounds; round += 1) {
    const first = subjects.length === 0 ? 0 : round % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      if (failures.has(subject)) continue;
      try {
        figures.get(subject)?.push(await measure(subject, round));
      } catch (error) {
        failures.set(subject, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return new Map(
    [...figures].map(([subject, values]): [S, Measured<T>] => {
      const why = failures.get(subject);
      return [subject, why === undefined ? { kind: "figures", rounds: values } : { kind: "failed", why }];
    }),
  );
}
