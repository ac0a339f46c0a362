import { readFile, writeFile } from "node:fs/promises";
import { format } from "./format-json.ts";

/** What the committed record says: which checks our subjects did not meet. Every other check of a pair was met. */
export interface ScoreRecord {
  readonly subjects: readonly string[];
  readonly faults: readonly string[];
  /** Fault, subject, and the names of its checks. */
  readonly unmet: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What a subject did before a fault. */
export interface Pair {
  readonly subject: string;
  readonly fault: string;
  readonly unmet: readonly string[];
}

const file = new URL("../../../SCORECARD.json", import.meta.url);

/** Reads the committed record. @throws Error if there is none: then nothing can be compared. */
export async function readRecord(): Promise<ScoreRecord> {
  return JSON.parse(await readFile(file, "utf8")) as ScoreRecord;
}

/** The record of a run. */
export function recordOf(pairs: readonly Pair[]): ScoreRecord {
  const unmet: Record<string, Record<string, readonly string[]>> = {};
  for (const { fault, subject, unmet: names } of pairs)
    if (names.length > 0) unmet[fault] = { ...unmet[fault], [subject]: names };
  const unique = (names: readonly string[]) => [...new Set(names)];
  return {
    subjects: unique(pairs.map(({ subject }) => subject)),
    faults: unique(pairs.map(({ fault }) => fault)),
    unmet,
  };
}

/** Writes the record. */
export async function writeRecord(record: ScoreRecord): Promise<void> {
  await writeFile(file, format(record));
}

/** The checks of a pair that are unmet and were met when the record was written; none where the record has no such pair. */
export function worseThan({ subjects, faults, unmet }: ScoreRecord, pair: Pair): readonly string[] {
  if (!subjects.includes(pair.subject) || !faults.includes(pair.fault)) return [];
  const known = unmet[pair.fault]?.[pair.subject] ?? [];
  return pair.unmet.filter((name) => !known.includes(name));
}

/** What the record has and a run had not: a subject or a fault that is gone cannot get worse unnoticed. */
export function missingFrom(record: ScoreRecord, pairs: readonly Pair[]): string[] {
  const run = recordOf(pairs);
  const gone = (names: readonly string[], now: readonly string[]) => names.filter((name) => !now.includes(name));
  return [...gone(record.subjects, run.subjects), ...gone(record.faults, run.faults)];
}
