import { expect, test } from "vitest";
import { writeDocComment } from "./doc-comment.js";

test.each<[title: string, comment: { paragraphs: string[]; isDeprecated?: boolean }, want: string]>([
  ["no comment for no text", { paragraphs: [""] }, ""],
  ["one line for one line of text", { paragraphs: ["Lists customers."] }, "/** Lists customers. */\n"],
  ["two paragraphs", { paragraphs: ["Lists.", "All of them."] }, "/**\n * Lists.\n *\n * All of them.\n */\n"],
  ["a deprecation alone", { paragraphs: [], isDeprecated: true }, "/** @deprecated */\n"],
  [
    "a deprecation after the text",
    { paragraphs: ["Lists."], isDeprecated: true },
    "/**\n * Lists.\n *\n * @deprecated\n */\n",
  ],
  [
    "an escape for an end of the comment in the text",
    { paragraphs: ["a */ alert(1) /* b"] },
    "/** a *\\/ alert(1) /* b */\n",
  ],
  [
    "an escape for a tag in the text",
    { paragraphs: ["@deprecated\n  @see x"] },
    "/**\n * \\@deprecated\n *   \\@see x\n */\n",
  ],
  ["an escape for an inline tag", { paragraphs: ["see {@link x}"] }, "/** see {\\@link x} */\n"],
  [
    "one kind of line end for all kinds",
    { paragraphs: ["a\r\nb\rc\u2028d\u2029e"] },
    "/**\n * a\n * b\n * c\n * d\n * e\n */\n",
  ],
  ["spaces for control characters", { paragraphs: ["a\u202Eb\u0000c\uFEFFd"] }, "/** a b c d */\n"],
  [
    "Markdown for HTML",
    { paragraphs: ['<p>Gets a <a href="/docs/x">customer</a> by <code>id</code>.</p>\n\n<p>More.</p>'] },
    "/**\n * Gets a [customer](/docs/x) by `id`.\n *\n * More.\n */\n",
  ],
  [
    "text that only looks like HTML as it is",
    { paragraphs: ["a < b, Array<string>"] },
    "/** a < b, Array<string> */\n",
  ],
])("writeDocComment writes %s", (_title, { paragraphs, isDeprecated = false }, want) => {
  expect(writeDocComment(paragraphs, isDeprecated)).toBe(want);
});
