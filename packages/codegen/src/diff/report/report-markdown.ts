import { codeSpan } from "../../text/show-document-text.js";
import type { Change } from "../changes/change.js";
import type { Diff } from "../compare-documents.js";
import { type Level, levels } from "../rules/rule.js";
import type { CallSite } from "../usage/classify-call.js";
import { sentenceOf, sentencesOf } from "./sentences.js";

/** How many lines a section has at most, so that a changelog stays readable. */
const maxLines = 60;
const titles: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  additive: "Added",
  invisible: "Not visible to callers",
};

/**
 * The changes as Markdown, for changelogs and pull requests. Long lists are cut, and end with the number of the rest.
 */
export function reportMarkdown(diff: Diff, sites?: readonly CallSite[]): string {
  const sections = levels.flatMap((level) => {
    const changes = diff.changes.filter((change) => change.level === level);
    return changes.length === 0 ? [] : [section(level, changes)];
  });
  if (sites !== undefined && sites.length > 0) {
    const lines = sites.map(
      ({ file, line, column, certainty, change }) =>
        `- ${codeSpan(`${file}:${line}:${column}`)} ${certainty}: ${codeSpan(sentenceOf(change))}\n`,
    );
    sections.push(`**Call sites**\n\n${lines.join("")}`);
  }
  return sections.length === 0 ? "Nothing changed." : sections.join("\n").trimEnd();
}

function section(level: Level, changes: readonly Change[]): string {
  if (level === "invisible")
    return `**${titles[level]}**: ${changes.length} ${changes.length === 1 ? "change" : "changes"}.\n`;
  const sentences = sentencesOf(changes);
  const lines = sentences.slice(0, maxLines).map((sentence) => `- ${codeSpan(sentence)}\n`);
  const rest = sentences.length - maxLines;
  return `**${titles[level]}**\n\n${lines.join("")}${rest > 0 ? `- ... and ${rest} more\n` : ""}`;
}
