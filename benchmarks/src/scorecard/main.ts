// Runs the scorecard and writes SCORECARD.md, SCORECARD.svg and SCORECARD.json; `--check` runs our subjects alone, compares them with
// SCORECARD.json, and prints `N passed, N failed`.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readConnectors } from "../../../scripts/connectors.ts";
import { installTarballs } from "../installed/tarballs.ts";
import { lockedRange } from "../installed/versions.ts";
import { checkRecord, pairOf, webhookPairOf } from "./check.ts";
import { faults } from "./faults/all-faults.ts";
import { recordOf, writeRecord } from "./record/record.ts";
import { markdown } from "./report/markdown.ts";
import { picture } from "./report/picture.ts";
import { runAll } from "./run/run-all.ts";
import { allSubjects } from "./subjects/all-subjects.ts";
import { tryCells } from "./try-cells.ts";
import { receivers } from "./webhooks/receivers.ts";
import { runWebhooks } from "./webhooks/run-webhooks.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const tried = process.argv.indexOf("--try");
const isCheck = process.argv.includes("--check");
const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;

// What our connectors use as optional peers, in the versions of the benchmarks.
const optional = await Promise.all(["undici", "ioredis"].map(lockedRange));
await installTarballs(
  readConnectors(root).map(({ id }) => id),
  optional,
);
console.log(`installed our packages from their tarballs (${seconds()})`);

if (tried >= 0) {
  await tryCells(process.argv.slice(tried + 1));
  process.exit(0);
}

if (isCheck) {
  const { passed, failed } = await checkRecord();
  console.log(`${faults.length} faults, ${seconds()}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

const subjects = await allSubjects();
const unhandled = new Map<string, number>();
const cells = await runAll(subjects, faults, {
  atOnce: 4,
  onSubject: ({ id, name }, own, rejections) => {
    unhandled.set(id, rejections);
    const checks = own.flatMap((cell) => cell.checks);
    const met = checks.filter((check) => check.met).length;
    console.log(
      `${name}: ${met} of ${checks.length} checks met${rejections > 0 ? `, ${rejections} rejections that nobody handled` : ""} (${seconds()})`,
    );
  },
});
const webhookCells = await runWebhooks(receivers);
const ours = [
  ...cells.filter(({ subject }) => subject.group === "ours").map(pairOf),
  ...webhookCells.filter(({ receiver }) => receiver.isOurs).map(webhookPairOf),
];
await writeRecord(recordOf(ours));
await writeFile(new URL("../../SCORECARD.svg", import.meta.url), picture(cells));
await writeFile(new URL("../../SCORECARD.md", import.meta.url), await markdown({ cells, webhookCells, unhandled }));
console.log(`wrote benchmarks/SCORECARD.md, SCORECARD.svg and SCORECARD.json (${seconds()})`);
process.exit(0);
