import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { git } from "../changeset-check/find-base.ts";
import { findMismatches } from "../requirements-check/find-mismatches.ts";
import { readRequirements, readTitles } from "../requirements-check/read-requirements.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string) => readFileSync(join(root, file), "utf8");

test("REQUIREMENTS.md defines each number that a test's title names, and marks those that no test names yet", () => {
  const listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.test.ts", "*.test-d.ts");
  const deleted = new Set(git(root, "ls-files", "-z", "--deleted").split("\0"));
  const files = listed.split("\0").filter((file) => file !== "" && !deleted.has(file));
  const named = new Set(files.flatMap((file) => readTitles(read(file))));
  expect(named.size).toBeGreaterThan(40);
  expect(findMismatches(readRequirements(read("REQUIREMENTS.md")), named)).toEqual([]);
});

describe("the check for requirements", () => {
  const requirements = readRequirements("# R7\n\n- **R1** One, see R9.\n- **R2** *(not yet tested)* Two.\n");

  test("reads a requirement and its mark from the beginning of a list item", () => {
    expect(requirements).toEqual([
      { id: "R1", isMarked: false },
      { id: "R2", isMarked: true },
    ]);
  });

  test("reads numbers from the beginning of titles, and not from comments", () => {
    // The quote is a variable, so that this file itself names no requirement.
    const [quote, tick] = ['"', "`"];
    const source = [
      `test(${quote}R1: a wait ends", run);`,
      `describe.each(all)(${tick}R2, R3: $name${tick}, run);`,
      `// R4: why`,
      `test(${quote}a bucket of R5", run);`,
    ].join("\n");
    expect(readTitles(source)).toEqual(["R1", "R2", "R3"]);
  });

  test.each([
    { what: "nothing where all agree", given: requirements, named: ["R1"], mismatches: [] },
    {
      what: "a number that is not defined",
      given: requirements,
      named: ["R1", "R3"],
      mismatches: ["R3 is named by a test and not defined"],
    },
    {
      what: "a mark that a new test made wrong",
      given: requirements,
      named: ["R1", "R2"],
      mismatches: ["R2 is marked as not yet tested, and a test names it"],
    },
    {
      what: "a mark that is missing",
      given: requirements,
      named: [],
      mismatches: ["R1 is named by no test, and not marked as not yet tested"],
    },
    {
      what: "a number that is defined twice",
      given: [...requirements, ...requirements],
      named: ["R1"],
      mismatches: ["R1", "R2"].map((id) => `${id} is defined twice`),
    },
  ])("finds $what", ({ given, named, mismatches }) => {
    expect(findMismatches(given, new Set<string>(named))).toEqual(mismatches);
  });
});
