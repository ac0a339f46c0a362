import { faults } from "./faults/all-faults.ts";
import { runAll, unmetOf } from "./run/run-all.ts";
import { allSubjects } from "./subjects/all-subjects.ts";

/** Runs the cells of the faults and subjects that are named, of all where none is, and prints what was measured. */
export async function tryCells(words: readonly string[]): Promise<void> {
  const subjects = await allSubjects();
  const named = <T extends { readonly id: string }>(all: readonly T[]) => {
    const some = all.filter(({ id }) => words.includes(id));
    return some.length > 0 ? some : all;
  };
  const unknown = words.filter((word) => ![...faults, ...subjects].some(({ id }) => id === word));
  if (unknown.length > 0) {
    const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).join(" ");
    throw new Error(`unknown: ${unknown.join(", ")}\nfaults: ${ids(faults)}\nsubjects: ${ids(subjects)}`);
  }
  for (const cell of await runAll(named(subjects), named(faults), { atOnce: 2 })) {
    const unmet = unmetOf(cell);
    console.log(
      `${cell.subject.id} ${cell.fault.id}: ${unmet.length > 0 ? `NOT ${unmet.join(", ")}` : "all checks met"}`,
    );
    console.log(`  ${JSON.stringify(cell.measured)}`);
    if (cell.message) console.log(`  ${cell.message}`);
  }
}
