import { escapeDisguises } from "../generate/schemas/document-text.js";
import { type DraftField, MARK } from "./draft.js";
import { writeValue } from "./write-value.js";

const COMMENT_WIDTH = 116;

/** profile.ts: the fields that were read, and a marked line above each that somebody has to look at. */
export function writeProfile(fields: readonly DraftField[], name: string): string {
  const lines = fields.flatMap(({ name: field, value, open }) => {
    const start = `  ${field}: `;
    return [...open.flatMap(markedLines), `${start}${writeValue(value, 2, start.length + 1)},`];
  });
  return `import type { ProviderProfile } from "@connectry/core";

/** What is particular to ${name}. */
export const profile = {
${lines.join("\n")}
} as const satisfies ProviderProfile;
`;
}

/** A sentence as comment lines, the first of them marked. */
function markedLines(sentence: string): string[] {
  const lines: string[] = [];
  let line = `${MARK}`;
  for (const word of escapeDisguises(sentence).split(/\s+/)) {
    if (line.length + word.length + 1 > COMMENT_WIDTH) {
      lines.push(line);
      line = word;
    } else line += ` ${word}`;
  }
  return [...lines, line].map((one) => `  // ${one}`);
}
