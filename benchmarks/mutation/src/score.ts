/** One change of the code, and what became of it. */
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
// Neither compiled nor ran: nobody could have noticed.
const uncounted = ["CompileError", "RuntimeError", "Ignored"];

/** What share of an area's changes the tests noticed: by failing, or by not coming to an end. */
export function scoreOf(mutants: readonly Pick<Mutant, "status">[]): Score {
  const counted = mutants.filter(({ status }) => !uncounted.includes(status));
  const found = counted.filter(({ status }) => noticed.includes(status)).length;
  // Where nothing was changed nothing was shown.
  return { noticed: found, all: counted.length, percent: counted.length === 0 ? 0 : (100 * found) / counted.length };
}

/** What went unnoticed, a line for each: where, and what stood there instead. */
export function unnoticed(mutants: readonly Mutant[]): string[] {
  return mutants
    .filter(({ status }) => !noticed.includes(status) && !uncounted.includes(status))
    .map(({ fileName, location, mutatorName, replacement = "" }) => {
      const place = `${fileName.replace(/^.*\/src\//, "")}:${location.start.line}`;
      return `${place}  ${mutatorName}  ${replacement.replace(/\s+/g, " ").slice(0, 100)}`;
    })
    .sort();
}
