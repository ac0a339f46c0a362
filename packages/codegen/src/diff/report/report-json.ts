import { escapeJsonControlCharacters } from "../../text/show-document-text.js";
import type { Change } from "../changes/change.js";
import type { Diff } from "../compare-documents.js";
import { levels } from "../rules/rule.js";
import type { CallSite } from "../usage/classify-call.js";

/** The changes as JSON text. */
export function reportJson(diff: Diff, sites: readonly CallSite[] | undefined): string {
  const publicFields = ({ affectedCalls: _, ...change }: Change) => change;
  const counts = levels.map((level) => [level, diff.changes.filter((change) => change.level === level).length]);
  const report = {
    operations: diff.operations,
    counts: Object.fromEntries(counts),
    changes: diff.changes.map(publicFields),
    ...(sites !== undefined && { callSites: sites.map((site) => ({ ...site, change: publicFields(site.change) })) }),
  };
  return escapeJsonControlCharacters(JSON.stringify(report, undefined, 2));
}
