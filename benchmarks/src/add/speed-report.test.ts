import assert from "node:assert/strict";
import { test } from "node:test";
import { fitCommand, speedSection, sumRatio } from "./speed-report.ts";
import type { TimedDocument } from "./timed-document.ts";

function timed(document: string, operations: number, [add, generate, bare, hey]: (number | undefined)[]) {
  const cpuMs = {
    "connectry add": add,
    "connectry generate": generate,
    "openapi-typescript": bare,
    "hey-api": hey,
  };
  return { document, operations, cpuMs } satisfies TimedDocument;
}

// On 1,000 ms + 10 ms for each operation, but for the last.
const linear = [0, 100, 200, 300, 400].map((operations) => {
  const ms = 1_000 + 10 * operations;
  return timed(`acme-${operations}`, operations, [ms, ms, ms / 2, 2 * ms]);
});

test("documents whose time grows with their operations are on the line", () => {
  const { line, ratios, above } = fitCommand(linear, "connectry add");
  assert.equal(Math.round(line.at(0)), 1_000);
  assert.equal(line.slope.toFixed(3), "10.000");
  assert.deepEqual(
    ratios.map((ratio) => ratio.toFixed(3)),
    linear.map(() => "1.000"),
  );
  assert.deepEqual(above, []);
});

test("a document that takes far longer than others of its size is named", () => {
  const slow = timed("slow", 100, [30_000, 1_000, 1_000, 1_000]);
  assert.deepEqual(fitCommand([...linear, slow], "connectry add").above, ["slow"]);
  const section = speedSection([...linear, slow], "some documents");
  assert.match(section, /`connectry add` is .*\(NOT MET: slow\)/);
  assert.match(section, /`connectry generate` is .*\(met\)/);
});

test("sums are compared over the documents that both programs can read", () => {
  const unread = timed("unread", 100, [2_000, 2_000, undefined, 4_000]);
  assert.equal(sumRatio([...linear, unread], ["connectry add", "openapi-typescript"]), 2);
  assert.equal(sumRatio([...linear, unread], ["connectry add", "hey-api"]), 0.5);
  assert.match(speedSection([...linear, unread], "some documents"), /openapi-typescript fails with 1 of them/);
});
