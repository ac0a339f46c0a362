import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenLines, goalCount, goalGrid, markdownReport } from "./report.ts";
import { missingRow, type Section } from "./section.ts";

const section: Section = {
  title: "Bundle",
  how: "With esbuild.",
  columns: ["min+gz"],
  rows: [
    { name: "@connectry/light", cells: ["10 kB"], goals: [{ target: "<= 12 kB", measured: "10 kB", met: true }] },
    missingRow("@connectry/absent", ["<= 12 kB"], { missing: "not built yet", broken: false }),
    missingRow("@connectry/broken", ["<= 12 kB"], { missing: "it does not compile", broken: true }),
  ],
};

test("goals that are not met come first, also those of connectors that are missing", () => {
  assert.deepEqual(goalGrid([section]).slice(1), [
    ["NOT MET", "@connectry/absent", "<= 12 kB", "not built yet"],
    ["NOT MET", "@connectry/broken", "<= 12 kB", "it does not compile"],
    ["met", "@connectry/light", "<= 12 kB", "10 kB"],
  ]);
  assert.equal(goalCount([section]), "1 of 3 goals met");
});

test("a measurement that failed is listed with its reason, and a connector that is not built yet is not", () => {
  assert.deepEqual(brokenLines([section]), ["Bundle: @connectry/broken failed. it does not compile"]);
});

test("the report says how and on what it was measured, and which goals are not met", () => {
  const report = markdownReport(["2 cores"], [section]);
  for (const text of ["- 2 cores", "## Goals: 1 of 3 goals met", "With esbuild.", "| **@connectry/light** | 10 kB |"]) {
    assert.ok(report.includes(text), text);
  }
});
