import type { Fault } from "../faults/fault.ts";
import type { Certificate, CertificateName } from "../server/certificates.ts";
import type { Subject } from "../subjects/subject.ts";
import { CallerChild } from "./caller-child.ts";
import { inLanes } from "./in-lanes.ts";
import { canRun, runFault, type Trial } from "./run-fault.ts";

/** Faults that mostly wait run at once, in one process of their subject. */
const lanes = 6;

/** What the runs of a subject need. */
export interface Surroundings {
  readonly certificates: Readonly<Record<CertificateName, Certificate>>;
  /** The file of the certificate that clients trust. */
  readonly authority: string;
}

/** What became of a subject: a trial for each fault that it can run. */
export interface SubjectRun {
  readonly trials: ReadonlyMap<Fault, Trial>;
  /** Promises that were rejected and that nobody awaited. */
  readonly unhandled: number;
}

/** Runs a subject before each of the faults. One whose process ends is tried again, in a process of its own. */
export async function runSubject(
  subject: Subject,
  faults: readonly Fault[],
  { certificates, authority }: Surroundings,
): Promise<SubjectRun> {
  const trials = new Map<Fault, Trial>();
  let unhandled = 0;
  const runIn = async (some: readonly Fault[], atOnce: number) => {
    if (some.length === 0) return;
    const child = new CallerChild(subject.id, authority);
    await inLanes(some, atOnce, async (fault) =>
      trials.set(fault, await runFault(fault, { subject, child, certificates })),
    );
    unhandled += child.unhandled;
    child.stop();
  };
  const possible = faults.filter((fault) => canRun(subject, fault));
  for (const fault of possible.filter(({ isAlone }) => isAlone)) await runIn([fault], 1);
  await runIn(
    possible.filter(({ isAlone }) => !isAlone),
    lanes,
  );
  // Which of them ended the process is only known where each has one.
  const crashed = possible.filter((fault) => !fault.isAlone && trials.get(fault)?.end.kind === "crashed");
  for (const fault of crashed) await runIn([fault], 1);
  return { trials, unhandled };
}
