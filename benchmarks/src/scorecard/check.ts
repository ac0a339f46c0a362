import { faults } from "./faults/all-faults.ts";
import { missingFrom, type Pair, readRecord, worseThan } from "./record/record.ts";
import { type Cell, runAll, unmetOf } from "./run/run-all.ts";
import { checkedSubjects, leftOutConnectors, ourSubjects } from "./subjects/all-subjects.ts";
import type { Subject } from "./subjects/subject.ts";
import { receivers } from "./webhooks/receivers.ts";
import { runWebhooks, type WebhookCell } from "./webhooks/run-webhooks.ts";

/** A machine that is busy makes a call late, but not each time: a cell that is worse runs again, on its own. */
const tries = 3;
const atOnce = 6;

/** A cell as the record has it. */
export const pairOf = (cell: Cell): Pair => ({ subject: cell.subject.id, fault: cell.fault.id, unmet: unmetOf(cell) });

/** A receiver of webhooks before a forgery, as the record has it. */
export const webhookPairOf = ({ receiver, forgery, checks }: WebhookCell): Pair => ({
  subject: receiver.id,
  fault: `webhook-${forgery.id}`,
  unmet: checks.filter(({ met }) => !met).map(({ name }) => name),
});

/** A pair that was run, and how to run it again. */
interface Run {
  readonly pair: Pair;
  again(): Promise<Pair | undefined>;
}

async function runOurs(subjects: readonly Subject[]): Promise<Run[]> {
  const cells = await runAll(subjects, faults, { atOnce });
  const webhookCells = await runWebhooks(receivers.filter(({ isOurs }) => isOurs));
  return [
    ...cells.map((cell) => ({
      pair: pairOf(cell),
      again: async () => (await runAll([cell.subject], [cell.fault], { atOnce: 1 })).map(pairOf)[0],
    })),
    ...webhookCells.map((cell) => ({
      pair: webhookPairOf(cell),
      again: async () =>
        (await runWebhooks([cell.receiver]))
          .map(webhookPairOf)
          .find(({ fault }) => fault === `webhook-${cell.forgery.id}`),
    })),
  ];
}

/** Runs our subjects and compares each with the committed record. Returns how many pairs are as good as there, and how many are worse. */
export async function checkRecord(): Promise<{ passed: number; failed: number }> {
  const record = await readRecord();
  const subjects = await checkedSubjects();
  const runs = await runOurs(subjects);
  const lines: string[] = [];
  let passed = 0;
  for (const { pair: first, again } of runs) {
    let pair = first;
    for (let count = 1; count < tries && worseThan(record, pair).length > 0; count += 1) pair = (await again()) ?? pair;
    const worse = worseThan(record, pair);
    if (worse.length === 0) passed += 1;
    else lines.push(`WORSE ${pair.fault}, ${pair.subject}: ${worse.join(", ")} (in ${tries} runs)`);
  }
  const pairs = runs.map(({ pair }) => pair);
  // Of the subjects that a check does not run, it is enough that they are still there.
  const known = (await ourSubjects()).filter(({ id }) => !subjects.some((one) => one.id === id));
  const others = known.map(({ id }) => ({ subject: id, fault: faults[0]?.id ?? "", unmet: [] }));
  for (const name of missingFrom(record, [...pairs, ...others]))
    lines.push(`MISSING ${name} is in SCORECARD.json and was not run`);
  for (const line of lines) console.log(`failed: ${line}`);
  const fresh = subjects.filter(({ id }) => !record.subjects.includes(id));
  if (fresh.length > 0)
    console.log(`not in SCORECARD.json yet, so compared with nothing: ${fresh.map(({ id }) => id).join(", ")}`);
  const withoutPaths = await leftOutConnectors();
  if (withoutPaths.length > 0)
    console.log(`not run, because they have no operations by paths: ${withoutPaths.join(", ")}`);
  return { passed, failed: lines.length };
}
