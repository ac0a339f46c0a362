import { toCommentText } from "../schemas/document-text.js";

/** Formats a document's text as a JSDoc comment; empty if there is no text and no deprecation. */
export function writeDocComment(paragraphs: readonly string[], isDeprecated: boolean): string {
  const texts = paragraphs.map((text) => toCommentText(htmlToMarkdown(text)).trim()).filter((text) => text !== "");
  // A tag includes all text after it, so it comes last.
  if (isDeprecated) texts.push("@deprecated");
  const lines = texts.join("\n\n").split("\n");
  if (texts.length === 0) return "";
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

// Stripe and Slack describe their operations in HTML; editors show comments as Markdown.
function htmlToMarkdown(text: string): string {
  if (!/<\/?(p|a|code|br|ul|ol|li|strong|em|b|i|pre)\b/i.test(text)) return text;
  return text
    .replace(/<a\s[^<>]*?href="([^"<>\s()]*)"[^<>]*>([^<>]*)<\/a>/gi, "[$2]($1)")
    .replace(/<\/?code[^<>]*>/gi, "`")
    .replace(/<\/?(strong|b)>/gi, "**")
    .replace(/<\/?(em|i)>/gi, "_")
    .replace(/<li[^<>]*>/gi, "\n- ")
    .replace(/<(br|\/p|\/ul|\/ol|\/pre)\s*\/?>/gi, "\n\n")
    .replace(/<\/?(p|a|ul|ol|li|pre)(\s[^<>]*)?>/gi, "")
    .replace(/\n{3,}/g, "\n\n");
}
