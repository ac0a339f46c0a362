import type { Token } from "markdown-it";

/** The width of a character in `em`, of a page's text in characters, and what borders and padding add to a cell. */
const character = 0.56;
const pageWidth = 76;
const padding = 4;
/** Characters beyond which a word may be broken, so that one address does not take the width of all other columns. */
const longestWord = 28;
/** A text may take so many lines before its column is made wider, up to the longest word's width. */
const lines = 6;

/**
 * Gives the columns of a table their widths before a row is known: by itself a browser goes by the rows that have arrived, so that text moves under
 * a reader's eyes. A column has room for its longest word, and a share of what is left by its longest text; the one with the longest becomes
 * narrower on a narrow page.
 */
export function fixColumns(tokens: readonly Token[], open: number): void {
  const columns = columnsOf(tokens, open);
  const wanted = columns.map(({ text, word }) => text - word);
  const spare = Math.max(0, pageWidth - sum(columns.map(({ word }) => word)));
  const share = Math.min(1, spare / Math.max(1, sum(wanted)));
  const widths = columns.map(({ word }, index) => word + share * (wanted[index] ?? 0));
  const elastic = wanted.indexOf(Math.max(...wanted));
  const width = sum(widths);
  const least = width - share * (wanted[elastic] ?? 0);
  tokens[open]?.attrSet("style", `width:clamp(${em(least)},100%,${em(width)})`);
  const heads = tokens.slice(open).filter(({ type }) => type === "th_open");
  for (const [index, one] of widths.entries())
    if (index !== elastic) heads[index]?.attrJoin("style", `width:${em(one)}`);
}

/** Of each column, the characters of its longest text and of its longest word, with padding. */
function columnsOf(
  tokens: readonly Token[],
  open: number,
): readonly { readonly text: number; readonly word: number }[] {
  const columns: { text: number; word: number }[] = [];
  let at = 0;
  const close = tokens.findIndex(({ type }, index) => index > open && type === "table_close");
  for (const token of tokens.slice(open, close)) {
    if (token.type === "tr_open") at = 0;
    if (token.type !== "inline") continue;
    const text = shown(token);
    const words = text.split(/\s+|(?<=-)/).map((word) => Math.max(word.length, text.length / lines));
    const column = columns[at] ?? { text: 0, word: 0 };
    columns[at++] = {
      text: Math.max(column.text, text.length + padding),
      word: Math.max(column.word, Math.min(longestWord, Math.max(...words)) + padding),
    };
  }
  return columns;
}

/** What a reader sees of a cell: no marks of Markdown, no addresses of links. */
const shown = (cell: Token): string =>
  (cell.children ?? []).map((child) => (child.type === "html_inline" ? "" : child.content)).join("");

const em = (characters: number): string => `${(characters * character).toFixed(1)}em`;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
