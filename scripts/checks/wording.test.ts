import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { git } from "../changeset-check/find-base.ts";
import { applyExceptions, findWords } from "../wording-check/find-words.ts";
import { bans, exceptions, maxExceptions } from "../wording-check/words.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

// What we write. The check itself names the words; lockfiles, surfaces, scopes and overlays hold other people's text.
const ours = /\.(ts|mts|js|mjs|md|ya?ml)$/;
const notOurs = /^scripts\/(wording-check|checks\/wording)|(^|\/)pnpm-lock\.yaml$|(^|\/)SCOPES\.md$|^specs\/|^LICENSE/;

test("the repository uses the field's words, and none of its former dialect", () => {
  const listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  const deleted = new Set(git(root, "ls-files", "-z", "--deleted").split("\0"));
  const files = listed.split("\0").filter((file) => ours.test(file) && !notOurs.test(file) && !deleted.has(file));
  expect(files.length).toBeGreaterThan(800);
  const findings = files.flatMap((file) => findWords(file, readFileSync(join(root, file), "utf8"), bans));
  const { left, unused } = applyExceptions(findings, exceptions);
  expect(left.map(({ file, number, word, instead }) => `${file}:${number}: "${word}": ${instead}`)).toEqual([]);
  expect(unused).toEqual([]);
});

describe("the check for words", () => {
  test.each([
    ["// The answer is none.", ["answer", "is none"]],
    ["an answered call", ["answered"]],
    ["is called back by its tags", ["called back"]],
    ["a name that is no option", ["is no o"]],
    ["there is no option, and none is no longer needed; there is none", []],
    ["const judge = createJudge(facts);", ["judge"]],
    ["reckoned once", ["reckon"]],
    ["serialiseBody(body)", ["serialiseBody"]],
    ["the form that stands for a call; understand, standard", []],
    ["what stands outside retry", ["stands"]],
    ["a misspelled option", []],
    ['safety: "keyed"', ['"keyed"']],
    ["const patient = await slowLink(linkOf(weary), calledBack);", ["patient", "weary", "slowLink", "calledBack"]],
    ["patients, impatient", []],
    ["grant_type is OAuth's word, a grant type, too", []],
  ])("finds in %j the words %j", (text, words) => {
    expect(findWords("a.ts", text, bans).map(({ word }) => word)).toEqual(words);
  });

  test("reads the name of a file, too", () => {
    expect(findWords("src/redis-link.ts", "", bans)).toEqual([
      expect.objectContaining({ number: 0, word: "redis-link" }),
    ]);
  });

  test("an exception covers one line of one file, and one that covers nothing is reported", () => {
    const findings = findWords("a.ts", "// an answer\n// another answer", bans);
    const covered = { file: "a.ts", line: "an answer", reason: "a quotation" };
    const stale = { file: "b.ts", line: "an answer", reason: "a quotation" };
    const { left, unused } = applyExceptions(findings, [covered, stale]);
    expect(left).toHaveLength(1);
    expect(unused).toEqual([stale]);
  });

  test("exceptions are few, and each has a reason", () => {
    expect(exceptions.length).toBeLessThanOrEqual(maxExceptions);
    for (const { reason } of exceptions) expect(reason.length).toBeGreaterThan(10);
  });
});
