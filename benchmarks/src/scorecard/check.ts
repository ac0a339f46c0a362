import { faults } from "./faults/all-faults.ts";
import { missingFrom, type Pair, readRecord, worseThan } from "./record/record.ts";
import { type Cell, runAll, unmetOf } from "./run/run-all.ts";
import { ourSubjects } from "./subjects/all-subjects.ts";

/** A machine that is busy makes a call late, but not three times in a row. */
const tries = 3;
const atOnce = 6;

const pairOf = (cell: Cell): Pair => ({ subject: cell.subject.id, fault: cell.fault.id, unmet: unmetOf(cell) });

/** Runs our subjects and compares each with the committed record. Returns how many pairs are as good as there, and how many are worse. */
export async function checkRecord(): Promise<{ passed: number; failed: number }> {
  const record = await readRecord();
  const subjects = await ourSubjects();
  const cells = await runAll(subjects, faults, { atOnce });
  const lines: string[] = [];
  let passed = 0;
  for (const cell of cells) {
    let pair = pairOf(cell);
    for (let count = 1; count < tries && worseThan(record, pair).length > 0; count += 1) {
      const [again] = await runAll([cell.subject], [cell.fault], { atOnce: 1 });
      if (again) pair = pairOf(again);
    }
    const worse = worseThan(record, pair);
    if (worse.length === 0) passed += 1;
    else lines.push(`WORSE ${pair.fault}, ${pair.subject}: ${worse.join(", ")} (in ${tries} runs)`);
  }
  for (const name of missingFrom(record, cells.map(pairOf)))
    lines.push(`MISSING ${name} is in SCORECARD.json and was not run`);
  for (const line of lines) console.log(line);
  const fresh = subjects.filter(({ id }) => !record.subjects.includes(id));
  if (fresh.length > 0)
    console.log(`not in SCORECARD.json yet, so compared with nothing: ${fresh.map(({ id }) => id).join(", ")}`);
  return { passed, failed: lines.length };
}
