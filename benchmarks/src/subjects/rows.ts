import type { Measured } from "../measure/interleave.ts";
import { type Goal, missingRow, type Row } from "../report/section.ts";
import type { Entry } from "./roll.ts";

/** The cells and goals of one subject in a section. */
export interface RowContent {
  readonly cells: readonly string[];
  readonly goals: readonly Goal[];
}

/** How the figures of one subject become a row. */
export interface RowRule<T> {
  /** The goals of our connectors, or those of each subject, as texts: for the row of a subject without figures. */
  readonly targets: readonly string[] | ((entry: Entry) => readonly string[]);
  /** `own` are the figures of our connector of the same provider (of Stripe for clients without a provider). */
  content(entry: Entry, rounds: readonly T[], own: readonly T[] | undefined): RowContent;
}

/** The figures of a subject; undefined where it has none. */
export function roundsOf<T>(measured: Measured<T> | undefined): readonly T[] | undefined {
  return measured?.kind === "figures" ? measured.rounds : undefined;
}

/** One row for each subject, also for those that are not built yet and those whose measurement failed. */
export function rowsOf<T>(entries: readonly Entry[], measured: Map<Entry, Measured<T>>, rule: RowRule<T>): Row[] {
  const ownOf = ({ group }: Entry) =>
    entries.find((entry) => entry.role === "ours" && entry.group === (group === "any" ? "stripe" : group));
  return entries.map((entry): Row => {
    const { name } = entry.subject;
    const ofOurs = entry.role === "ours" && typeof rule.targets !== "function" ? rule.targets : [];
    const targets = typeof rule.targets === "function" ? rule.targets(entry) : ofOurs;
    const result = measured.get(entry);
    if (entry.absent) return missingRow(name, targets, { missing: "not built yet", broken: false });
    if (result === undefined) return missingRow(name, targets, { missing: "it was left out", broken: true });
    if (result.kind === "failed") return missingRow(name, targets, { missing: result.why, broken: true });
    const own = ownOf(entry);
    const ownRounds = roundsOf(own && measured.get(own));
    return { name, ...rule.content(entry, result.rounds, ownRounds) };
  });
}
