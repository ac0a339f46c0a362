/** One change of the code, and its result. */
export interface Mutant {
  readonly status: string;
  readonly fileName: string;
  /** Lines count from 1. */
  readonly location: { readonly start: { readonly line: number } };
  readonly mutatorName: string;
  readonly replacement?: string | undefined;
}

/** How many changes were noticed. */
export interface Score {
  readonly noticed: number;
  readonly all: number;
  readonly percent: number;
}

const noticed = ["Killed", "Timeout"];
// The changed code did not compile or run, so no test could notice.
const uncounted = ["CompileError", "RuntimeError", "Ignored"];

/** The share of changes that tests noticed, by failing or by not ending. */
export function scoreOf(mutants: readonly Pick<Mutant, "status">[]): Score {
  const counted = mutants.filter(({ status }) => !uncounted.includes(status));
  const found = counted.filter(({ status }) => noticed.includes(status)).length;
  // Without any change there is no evidence, so the share is 0.
  return { noticed: found, all: counted.length, percent: counted.length === 0 ? 0 : (100 * found) / counted.length };
}

/** The changes that no test noticed, one line for each: where, and the changed code. */
export function unnoticed(mutants: readonly Mutant[]): string[] {
  return mutants
    .filter(({ status }) => !noticed.includes(status) && !uncounted.includes(status))
    .map(({ fileName, location, mutatorName, replacement = "" }) => {
      const place = `${fileName.replace(/^.*\/src\//, "")}:${location.start.line}`;
      return `${place}  ${mutatorName}  ${replacement.replace(/\s+/g, " ").slice(0, 100)}`;
    })
    .sort();
}
