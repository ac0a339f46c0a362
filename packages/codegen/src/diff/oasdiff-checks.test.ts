import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diffOf } from "../../test/diff-pair.js";
import { pairsByTopic } from "../../test/oasdiff/all-pairs.js";
import type { CheckPair } from "../../test/oasdiff/check-pair.js";

// The checks of oasdiff and their levels: https://github.com/oasdiff/oasdiff/blob/4553c69d3869ee555ee4f00831d8cca6e1c208ff/checker/rules.go
const levels: Readonly<Record<string, "ERR" | "WARN" | "INFO">> = JSON.parse(
  readFileSync(new URL("../../test/oasdiff/checks.json", import.meta.url), "utf8"),
);
const pairs = pairsByTopic.flatMap(([, list]) => list);

/** ERR and WARN are what `oasdiff breaking` reports. */
function verdictOf({ check, expected }: CheckPair): "same" | "stricter" | "looser" {
  const isBreaking = { theirs: levels[check] !== "INFO", ours: expected?.[1] === "breaking" };
  if (isBreaking.theirs === isBreaking.ours) return "same";
  return isBreaking.ours ? "stricter" : "looser";
}

describe("each check of oasdiff", () => {
  test("has one pair", () => {
    expect(pairs.map(({ check }) => check).sort()).toEqual(Object.keys(levels).sort());
  });

  test("with another level has a reason, and no other has one", () => {
    const wrong = pairs.filter((pair) => (verdictOf(pair) === "same") !== (pair.reason === undefined));
    expect(wrong.map(({ check }) => check)).toEqual([]);
  });

  test("is in the table of the documentation", async () => {
    await expect(table()).toMatchFileSnapshot("../../docs/diff-checks.md");
  });
});

test.each(pairs.map((pair) => [pair.check, pair] as const))("diff gives %s the level of the table", (_, pair) => {
  const found = diffOf(pair.old, pair.current).changes.map(({ rule, level }) => [rule, level]);
  expect(found).toEqual(pair.expected === undefined ? [] : [pair.expected]);
});

function table(): string {
  const verdicts = pairs.map(verdictOf);
  const count = (verdict: string) => verdicts.filter((one) => one === verdict).length;
  const sections = pairsByTopic.map(([topic, list]) => {
    const rows = list.map((pair) => {
      const [rule, level] = pair.expected ?? ["", "not reported"];
      const cells = [pair.check, levels[pair.check], level, rule, verdictOf(pair), pair.reason ?? ""];
      return `| ${cells.join(" | ")} |\n`;
    });
    return `## ${topic}\n\n| check | oasdiff | here | rule | verdict | why |\n|---|---|---|---|---|---|\n${rows.join("")}`;
  });
  return `# What \`connectry diff\` says, check by check of oasdiff

[oasdiff](https://github.com/oasdiff/oasdiff) publishes ${pairs.length} checks with a level each (read on 2026-11-28 at 4553c69). For each of them the tests have a
pair of documents, and this page, which the tests write, has the result: ${count("same")} have the same level (\`ERR\` and \`WARN\` are breaking, \`INFO\` is not),
${count("stricter")} are stricter, because the code of a typed client breaks, and ${count("looser")} are looser.

What oasdiff does not check, and \`connectry diff\` does: lists that \`paginate\` can no longer walk, payloads of webhooks, renamed path
parameters and schemas, cookies, \`uniqueItems\`, \`multipleOf\`, \`not\`, tuples that are closed or opened, \`additionalProperties\`.

${sections.join("\n")}`;
}
