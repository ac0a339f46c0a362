import type { Change, Level } from "../change.js";
import { type Diff, levels } from "../compare-documents.js";
import type { CallSite } from "../usage/match-calls.js";
import { sentenceOf, sentencesOf } from "./sentences.js";

/** How many lines a section has where it is to be read in a changelog. */
const shownLines = 60;
const titles: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  additive: "Added",
  invisible: "Not noticed by callers",
};

/** The changes as Markdown, for changelogs and pull requests: long lists end with their count. */
export function reportMarkdown(diff: Diff, sites?: readonly CallSite[]): string {
  const sections = levels.flatMap((level) => {
    const changes = diff.changes.filter((change) => change.level === level);
    return changes.length === 0 ? [] : [section(level, changes)];
  });
  if (sites !== undefined && sites.length > 0) {
    const lines = sites.map(
      ({ file, line, column, certainty, change }) =>
        `- \`${file}:${line}:${column}\` ${certainty}: ${escaped(sentenceOf(change))}\n`,
    );
    sections.push(`**Call sites**\n\n${lines.join("")}`);
  }
  return sections.length === 0 ? "Nothing changed." : sections.join("\n").trimEnd();
}

function section(level: Level, changes: readonly Change[]): string {
  if (level === "invisible")
    return `**${titles[level]}**: ${changes.length} ${changes.length === 1 ? "change" : "changes"}.\n`;
  const sentences = sentencesOf(changes);
  const lines = sentences.slice(0, shownLines).map((sentence) => `- ${escaped(sentence)}\n`);
  const rest = sentences.length - shownLines;
  return `**${titles[level]}**\n\n${lines.join("")}${rest > 0 ? `- ... and ${rest} more\n` : ""}`;
}

/** Document text as Markdown shows it, and not as it could be meant. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|@]/g, "\\$&");
}
