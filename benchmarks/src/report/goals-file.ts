import { writeFile } from "node:fs/promises";
import type { Goal, Section } from "./section.ts";

/** A goal as the pictures show it. */
export interface RecordedGoal extends Goal {
  readonly section: string;
  readonly name: string;
}

/** Writes every goal of a run to GOALS.json, of which `pnpm pictures` draws a chart. */
export async function writeGoals(measuredAt: string, sections: readonly Section[]): Promise<void> {
  const goals: RecordedGoal[] = sections.flatMap(({ title, rows }) =>
    rows.flatMap(({ name, goals: own }) =>
      own.map(({ share, ...goal }) => ({
        section: title,
        name,
        ...goal,
        ...(Number.isFinite(share) && { share: Number(share?.toPrecision(3)) }),
      })),
    ),
  );
  const file = new URL("../../GOALS.json", import.meta.url);
  await writeFile(file, `${JSON.stringify({ measuredAt, goals }, undefined, 2)}\n`);
}
