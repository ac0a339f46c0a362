// Characters that make a text look different from what it is: control characters, bidirectional overrides
// (CVE-2021-42574), byte order marks, noncharacters, and the separators that only some programs treat as line ends.
const CONTROL_CHARACTERS = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\p{Noncharacter_Code_Point}|[\uFEFF\u2028\u2029]/gu;

/** Makes a document's text safe for a comment: no end of the comment, no JSDoc tag, no control characters. */
export function toCommentText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(CONTROL_CHARACTERS, " ")
    .replace(/^([\s*]*)@/gm, "$1\\@")
    .replaceAll("{@", "{\\@")
    .replaceAll("*/", "*\\/");
}

/** Escapes control characters in printed TypeScript, in which they can only occur in string literals. */
export function escapeControlCharacters(printed: string): string {
  return printed.replace(CONTROL_CHARACTERS, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
