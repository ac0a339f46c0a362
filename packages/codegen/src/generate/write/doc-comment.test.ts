import { expect, test } from "vitest";
import { writeDocComment } from "./doc-comment.js";

test.each([
  ["nothing", [""], false, ""],
  ["one line", ["Lists customers."], false, "/** Lists customers. */\n"],
  ["two paragraphs", ["Lists.", "All of them."], false, "/**\n * Lists.\n *\n * All of them.\n */\n"],
  ["a deprecation alone", [], true, "/** @deprecated */\n"],
  ["a deprecation after the text", ["Lists."], true, "/**\n * Lists.\n *\n * @deprecated\n */\n"],
  ["an end of comment", ["a */ alert(1) /* b"], false, "/** a *\\/ alert(1) /* b */\n"],
  [
    "a tag that the document did not mean",
    ["@deprecated\n  @see x"],
    false,
    "/**\n * \\@deprecated\n *   \\@see x\n */\n",
  ],
  ["an inline tag", ["see {@link x}"], false, "/** see {\\@link x} */\n"],
  ["foreign line ends", ["a\r\nb\rc\u2028d\u2029e"], false, "/**\n * a\n * b\n * c\n * d\n * e\n */\n"],
  ["characters that hide", ["a\u202Eb\u0000c\uFEFFd"], false, "/** a b c d */\n"],
  [
    "HTML",
    ['<p>Gets a <a href="/docs/x">customer</a> by <code>id</code>.</p>\n\n<p>More.</p>'],
    false,
    "/**\n * Gets a [customer](/docs/x) by `id`.\n *\n * More.\n */\n",
  ],
  ["what only looks like HTML", ["a < b, Array<string>"], false, "/** a < b, Array<string> */\n"],
])("writes %s", (_title, paragraphs, isDeprecated, want) => {
  expect(writeDocComment(paragraphs, isDeprecated)).toBe(want);
});
