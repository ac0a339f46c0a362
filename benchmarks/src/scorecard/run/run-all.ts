import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Check, checksOf } from "../checks/checks-of.ts";
import { type Measured, measure } from "../checks/measure.ts";
import type { Fault } from "../faults/fault.ts";
import { createCertificates } from "../server/certificates.ts";
import type { Subject } from "../subjects/subject.ts";
import { inLanes } from "./in-lanes.ts";
import type { Trial } from "./run-fault.ts";
import { runSubject, type SubjectRun } from "./run-subject.ts";

/** One cell of the scorecard: a subject before a fault. */
export interface Cell {
  readonly subject: Subject;
  readonly fault: Fault;
  readonly measured: Measured;
  readonly checks: readonly Check[];
  /** The message of its error, or why the program ended. */
  readonly message: string;
}

function messageOf({ end }: Trial): string {
  if (end.kind === "report") return end.report.error?.message ?? "";
  return "why" in end ? end.why : "";
}

/** The names of the checks that a cell does not meet. */
export const unmetOf = ({ checks }: Cell): string[] => checks.filter(({ met }) => !met).map(({ name }) => name);

/** Runs each subject before each fault that it can run, some subjects at once; `onSubject` is called when one has ended. */
export async function runAll(
  subjects: readonly Subject[],
  faults: readonly Fault[],
  {
    atOnce,
    onSubject = () => {},
  }: { atOnce: number; onSubject?: (subject: Subject, cells: readonly Cell[], unhandled: number) => void },
): Promise<Cell[]> {
  const { authority: text, of: certificates } = createCertificates();
  const authority = join(await mkdtemp(join(tmpdir(), "scorecard-")), "authority.pem");
  await writeFile(authority, text);
  const surroundings = { certificates, authority };
  const runs = await inLanes(subjects, atOnce, async (subject) => {
    const first = await runSubject(subject, faults, surroundings);
    const cells = cellsOf(subject, first);
    // The machine may have been busy: what is not as expected runs a second time, and the better one counts, for every client.
    const again = cells.filter((cell) => unmetOf(cell).length > 0 && cell.measured.outcome !== "hung");
    const second = await runSubject(
      subject,
      again.map(({ fault }) => fault),
      surroundings,
    );
    const better = cellsOf(subject, second);
    const best = cells.map((cell) => {
      const other = better.find(({ fault }) => fault === cell.fault);
      return other && unmetOf(other).length < unmetOf(cell).length ? other : cell;
    });
    onSubject(subject, best, first.unhandled);
    return best;
  });
  return runs.flat();
}

function cellsOf(subject: Subject, { trials }: SubjectRun): Cell[] {
  return [...trials].map(([fault, trial]) => {
    const measured = measure(subject, fault, trial);
    return { subject, fault, measured, checks: checksOf(fault, measured), message: messageOf(trial) };
  });
}
