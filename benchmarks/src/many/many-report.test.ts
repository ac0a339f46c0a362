import assert from "node:assert/strict";
import { test } from "node:test";
import { manySection, readTasks } from "./many-report.ts";

const summary = (cached: number, total: number) =>
  ` Tasks:    ${total} successful, ${total} total\nCached:    ${cached} cached, ${total} total\n`;
const measured = (cpuMs: number, output: string) => ({ cpuMs, wallMs: cpuMs / 2, code: 0, output });

test("tasks are read of turbo's summary, with its colors and without", () => {
  assert.deepEqual(readTasks(summary(2, 5)), { total: 5, cached: 2 });
  assert.deepEqual(readTasks("\u001b[1mCached:    \u001b[90m3 cached\u001b[0;1m, 4 total\u001b[0m"), {
    total: 4,
    cached: 3,
  });
});

test("the cost of all connectors is that of the samples without a cache", () => {
  const steps = [
    { name: "build, cold", measured: measured(20_000, summary(0, 4)), samples: 2 },
    { name: "test, cold", measured: measured(40_000, summary(0, 2)), samples: 2 },
    { name: "test, warm", measured: measured(1_000, summary(1, 1)), samples: 1 },
  ];
  const section = manySection(steps, { connectors: 20, source: "documents", passed: 1 });
  assert.match(section, /2 sample connectors, .*\n1 of them pass/);
  assert.match(section, /20 such connectors take 10\.0 minutes of processor time .* 5\.0 minutes on two processors/);
  assert.match(section, /\| test, cold \| 2 of 2 \| 40\.0 \| 20\.0 \| 20\.0 \|/);
  assert.match(section, /\| test, warm \| 0 of 1 \| 1\.0 \| 1\.0 \| 0\.5 \|/);
});
