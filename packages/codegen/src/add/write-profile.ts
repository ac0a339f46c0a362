import { escapeControlCharacters } from "../text/show-document-text.js";
import { type DraftField, TODO_MARKER } from "./draft.js";
import { writeValue } from "./write-value.js";

const COMMENT_WIDTH = 116;

/** The text of profile.ts: the drafted fields, with their TODO comments above them. */
export function writeProfile(fields: readonly DraftField[], name: string): string {
  const lines = fields.flatMap(({ name: field, value, todos }) => {
    const start = `  ${field}: `;
    return [...todos.flatMap(todoComment), `${start}${writeValue(value, 2, start.length + 1)},`];
  });
  return `import type { ProviderProfile } from "@connectry/core";

/** The facts about ${name} that its document does not have. */
export const profile = {
${lines.join("\n")}
} as const satisfies ProviderProfile;
`;
}

/** A sentence as comment lines that start with the marker. */
function todoComment(todo: string): string[] {
  const lines: string[] = [];
  let line = `${TODO_MARKER}`;
  for (const word of escapeControlCharacters(todo).split(/\s+/)) {
    if (line.length + word.length + 1 > COMMENT_WIDTH) {
      lines.push(line);
      line = word;
    } else line += ` ${word}`;
  }
  return [...lines, line].map((one) => `  // ${one}`);
}
