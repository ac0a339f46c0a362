import type { Change } from "../change.js";
import { type Diff, levels } from "../compare-documents.js";
import type { CallSite } from "../usage/match-calls.js";

/** The changes as JSON text, for programs. */
export function reportJson(diff: Diff, sites: readonly CallSite[] | undefined): string {
  const plain = ({ sign: _, ...change }: Change) => change;
  const counts = levels.map((level) => [level, diff.changes.filter((change) => change.level === level).length]);
  const report = {
    operations: diff.operations,
    counts: Object.fromEntries(counts),
    changes: diff.changes.map(plain),
    ...(sites !== undefined && { callSites: sites.map((site) => ({ ...site, change: plain(site.change) })) }),
  };
  return JSON.stringify(report, undefined, 2);
}
