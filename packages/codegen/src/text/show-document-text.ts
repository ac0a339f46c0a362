// Characters that make a text look different from what it is: control characters, bidirectional overrides
// (CVE-2021-42574), byte order marks, noncharacters, and the separators that only some programs treat as line ends.
const CONTROL_CHARACTERS = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\p{Noncharacter_Code_Point}|[\uFEFF\u2028\u2029]/gu;

/** Replaces control characters by `replacement`. */
export function replaceControlCharacters(text: string, replacement: string): string {
  return text.replace(CONTROL_CHARACTERS, replacement);
}

/** Escapes control characters, for a terminal and for string literals of TypeScript: `\u{1b}`. */
export function escapeControlCharacters(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Escapes control characters in JSON, in which JSON.stringify leaves some of them as they are: `\u202e`. */
export function escapeJsonControlCharacters(json: string): string {
  return json.replace(CONTROL_CHARACTERS, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** A text of a document on one line, without control characters. */
export function showDocumentText(text: string): string {
  return escapeControlCharacters(text.replace(/\s+/g, " "));
}

/**
 * A text of a document as a code span of Markdown. A code span contains no markup, and GitHub mentions, links and closes
 * nothing in it; an escaped `@` or `#` it would still link.
 */
export function codeSpan(text: string): string {
  const shown = showDocumentText(text);
  // A span ends at a run of backticks that is as long as that of its start: https://spec.commonmark.org/0.31.2/#code-spans
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = /^[` ]|[` ]$|^$/.test(shown) ? " " : "";
  return `${fence}${padding}${shown}${padding}${fence}`;
}
