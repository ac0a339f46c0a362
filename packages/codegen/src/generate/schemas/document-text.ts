// Text that can pose as something else in an editor: control characters, bidirectional overrides (CVE-2021-42574),
// byte order marks, characters that are none, and the separators that end a line in some places and not in others.
const DISGUISES = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\p{Noncharacter_Code_Point}|[\uFEFF\u2028\u2029]/gu;

/** A document's text as a comment can carry it: no end of comment, no tag of its own, no disguise. */
export function toCommentText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(DISGUISES, " ")
    .replace(/^([\s*]*)@/gm, "$1\\@")
    .replaceAll("{@", "{\\@")
    .replaceAll("*/", "*\\/");
}

/** The same characters as escapes: in printed TypeScript they can only stand in text literals. */
export function escapeDisguises(printed: string): string {
  return printed.replace(DISGUISES, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
