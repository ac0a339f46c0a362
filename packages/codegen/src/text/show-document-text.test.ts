import fc from "fast-check";
import { expect, test } from "vitest";
import { reportJson } from "../diff/report/report-json.js";
import { reportMarkdown } from "../diff/report/report-markdown.js";
import { codeSpan, escapeJsonControlCharacters } from "./show-document-text.js";

const hostileTexts = [
  "@octocat",
  "\\@octocat",
  "closes #2",
  "fixes connectry/connectry#3",
  "GH-3",
  "www.evil.test",
  "https://evil.test",
  "![](https://evil.test/a.png)",
  "` @octocat `",
  "``` @octocat",
  "`",
  " ",
  "",
  "a\n\n@octocat",
  "\u202e@octocat",
];

/** The text outside of code spans, by the rules of https://spec.commonmark.org/0.31.2/#code-spans. */
function outsideOfSpans(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/gs, "");
}

const diffWith = (text: string) => ({
  operations: { old: 1, new: 1 },
  changes: [
    {
      level: "breaking" as const,
      rule: "operation-removed",
      side: "request" as const,
      owner: `GET /${text}`,
      location: text,
      text,
      operations: [text],
      affectedCalls: { kind: "unknown" as const },
    },
  ],
});

test.each(hostileTexts)("a report as Markdown has the text %j of a document in code spans only", (text) => {
  const report = reportMarkdown(diffWith(text), [
    { file: text, line: 1, column: 1, certainty: "breaks", change: diffWith(text).changes[0]! },
  ]);
  expect(outsideOfSpans(report)).toBe("**Breaking**\n\n- \n\n**Call sites**\n\n-  breaks: ");
});

test("a code span ends where its text ends, for any text", () => {
  const parts = fc.array(fc.constantFrom("`", "``", "a", " ", "\\", "@x", "\n"), { maxLength: 8 });
  fc.assert(
    fc.property(parts, (list) => {
      expect(outsideOfSpans(codeSpan(list.join("")))).toBe("");
    }),
  );
});

test("a report as JSON has no control characters, and the same content", () => {
  const text = "\u001b[2J\u202e\ufeff\u{1fffe}\u009b";
  const json = reportJson(diffWith(text), undefined);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\ufeff]/);
  expect(JSON.parse(json).changes[0].text).toBe(text);
  expect(JSON.parse(escapeJsonControlCharacters(JSON.stringify("\u{1fffe}")))).toBe("\u{1fffe}");
});
