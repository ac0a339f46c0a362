import assert from "node:assert/strict";
import { test } from "node:test";
import { missingRow, type Section } from "./section.ts";
import { gridOf, markdownTable, plainTable } from "./table.ts";

const section: Section = {
  title: "Bundle",
  how: "",
  columns: ["min+gz", "ratio"],
  rows: [
    { name: "ours", cells: ["10 kB", "1x"], goals: [{ target: "<= 12 kB", measured: "10 kB", met: true }] },
    { name: "heavy", cells: ["13 kB", "1.3x"], goals: [{ target: "<= 12 kB", measured: "13 kB", met: false }] },
    { name: "peer", cells: ["400 kB", "40x"], goals: [] },
    missingRow("absent", ["<= 12 kB"], { missing: "not built yet", broken: false }),
    missingRow("broken", [], { missing: "it does not compile, and here is a long text that says why", broken: true }),
  ],
};

test("a goal is in the row of its figure, met or not, and a subject that is missing has not met its goals", () => {
  assert.deepEqual(gridOf(section), [
    ["", "min+gz", "ratio", "goal"],
    ["ours", "10 kB", "1x", "met: <= 12 kB"],
    ["heavy", "13 kB", "1.3x", "NOT MET: <= 12 kB"],
    ["peer", "400 kB", "40x", ""],
    ["absent", "not built yet", "", "NOT MET: <= 12 kB"],
    ["broken", "failed", "", ""],
  ]);
});

test("a section without goals has no column for them", () => {
  const rows = [{ name: "peer", cells: ["400 kB", "40x"], goals: [] }];
  assert.deepEqual(gridOf({ ...section, rows })[0], ["", "min+gz", "ratio"]);
});

test("a plain table aligns its columns", () => {
  assert.equal(
    plainTable([
      ["", "a"],
      ["long name", "1"],
      ["x", "22"],
    ]),
    "           a\n---------  --\nlong name  1\nx          22",
  );
});

test("a Markdown table keeps a pipe inside its cell", () => {
  assert.equal(
    markdownTable([
      ["", "a|b"],
      ["x", "1"],
    ]),
    "|  | a\\|b |\n|---|---|\n| x | 1 |",
  );
});
