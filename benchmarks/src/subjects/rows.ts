import type { Measured } from "../measure/interleave.ts";
import { type Goal, missingRow, type Row } from "../report/section.ts";
import type { Entry } from "./roll.ts";

/** What a section says of one subject. */
export interface RowContent {
  readonly cells: readonly string[];
  readonly goals: readonly Goal[];
}

/** How the figures of one subject become a row. */
export interface RowRule<T> {
  /** The goals of our connectors, as texts, for the row of one that has no figures. */
  readonly wishes: readonly string[];
  /** Whose goals they are. @default ours */
  readonly wisher?: Entry["role"];
  /** `own` are the figures of our connector of the same provider (of Stripe, for clients that know none). */
  content(entry: Entry, rounds: readonly T[], own: readonly T[] | undefined): RowContent;
}

/** The figures of a subject; undefined where it has none. */
export function roundsOf<T>(measured: Measured<T> | undefined): readonly T[] | undefined {
  return measured?.kind === "figures" ? measured.rounds : undefined;
}

/** One row for each subject, also for those that are not built yet and those whose measurement broke. */
export function rowsOf<T>(entries: readonly Entry[], measured: Map<Entry, Measured<T>>, rule: RowRule<T>): Row[] {
  const ownOf = ({ group }: Entry) =>
    entries.find((entry) => entry.role === "ours" && entry.group === (group === "any" ? "stripe" : group));
  return entries.map((entry): Row => {
    const { name } = entry.subject;
    const wishes = entry.role === (rule.wisher ?? "ours") ? rule.wishes : [];
    const result = measured.get(entry);
    if (entry.absent) return missingRow(name, wishes, "not built yet", false);
    if (result === undefined) return missingRow(name, wishes, "it was left out", true);
    if (result.kind === "failed") return missingRow(name, wishes, result.why, true);
    const own = ownOf(entry);
    const ownRounds = roundsOf(own && measured.get(own));
    return { name, ...rule.content(entry, result.rounds, ownRounds) };
  });
}
