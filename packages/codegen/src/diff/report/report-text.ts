import type { Change } from "../changes/change.js";
import type { Diff } from "../compare-documents.js";
import { levels } from "../rules/rule.js";
import type { CallSite } from "../usage/classify-call.js";
import { sentenceOf, sentencesOf } from "./sentences.js";

/** The changes as lines for a terminal, grouped by level. */
export function reportText(diff: Diff, sites: readonly CallSite[] | undefined): string {
  const lines: string[] = [];
  for (const level of levels) {
    const changes = diff.changes.filter((change) => change.level === level);
    if (changes.length === 0) continue;
    const details = level === "invisible" ? countsByRule(changes) : sentencesOf(changes);
    lines.push(`${level}: ${changes.length}`, ...details.map((line) => `  ${line}`), "");
  }
  if (lines.length === 0) lines.push("nothing changed", "");
  if (sites !== undefined) lines.push(...siteLines(sites));
  return lines.join("\n").trimEnd();
}

/** A count for each rule: documents can have thousands of changed descriptions. */
function countsByRule(changes: readonly Change[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule } of changes) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => `${rule}: ${count}`);
}

function siteLines(sites: readonly CallSite[]): string[] {
  if (sites.length === 0) return ["no call site is affected by a breaking change"];
  const count = (certainty: CallSite["certainty"]) => sites.filter((site) => site.certainty === certainty).length;
  return [
    `call sites: ${count("breaks")} break, ${count("may break")} may break`,
    ...sites.map(
      ({ file, line, column, certainty, change }) => `  ${file}:${line}:${column}  ${certainty}  ${sentenceOf(change)}`,
    ),
  ];
}
