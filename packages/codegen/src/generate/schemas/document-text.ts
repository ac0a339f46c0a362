import { replaceControlCharacters } from "../../text/show-document-text.js";

/** Makes a document's text safe for a comment: no end of the comment, no JSDoc tag, no control characters. */
export function toCommentText(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, "\n");
  return replaceControlCharacters(lines, " ")
    .replace(/^([\s*]*)@/gm, "$1\\@")
    .replaceAll("{@", "{\\@")
    .replaceAll("*/", "*\\/");
}
