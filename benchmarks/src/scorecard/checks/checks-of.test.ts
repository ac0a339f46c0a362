import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expected, Fault } from "../faults/fault.ts";
import { checksOf } from "./checks-of.ts";
import type { Measured } from "./measure.ts";

const fault = (expected: Expected, kind: "read" | "write" = "read"): Fault => ({
  id: "one",
  title: "responds",
  call: { kind },
  server: { replies: [] },
  expected,
  why: "A test.",
});

const good: Measured = {
  outcome: "value",
  detail: "",
  requests: 1,
  doubled: 0,
  waited: undefined,
  ms: 10,
  leaks: [],
  busySockets: 0,
  heapMiB: undefined,
  peakMiB: undefined,
  names: [],
  items: undefined,
  refreshes: 0,
};

const unmet = (of: Fault, measured: Partial<Measured>) =>
  checksOf(of, { ...good, ...measured }).flatMap(({ name, met }) => (met ? [] : [name]));

test("a value that was expected meets all checks", () => {
  assert.deepEqual(unmet(fault({ outcome: "value", requests: [1, 1] }), {}), []);
});

test("each kind of failure is a check of its own", () => {
  const read = fault({ outcome: "value", requests: [1, 1], waits: true, withinMs: 100 });
  assert.deepEqual(unmet(read, { outcome: "wrong value" }), ["outcome", "waits as asked"]);
  assert.deepEqual(unmet(read, { waited: { ms: 500, asksMs: 1_000 } }), ["waits as asked"]);
  const waited = { waited: { ms: 1_001, asksMs: 1_000 } };
  assert.deepEqual(unmet(read, { ...waited, ms: 101 }), ["ends in time"]);
  assert.deepEqual(unmet(read, { ...waited, requests: 2 }), ["requests"]);
  assert.deepEqual(unmet(read, { ...waited, leaks: ["body to another origin"] }), ["no leak"]);
  assert.deepEqual(unmet(read, { ...waited, busySockets: 1 }), ["no socket left"]);
});

test("a write that was applied twice is one too many", () => {
  assert.deepEqual(unmet(fault({ outcome: "value" }, "write"), { doubled: 1 }), ["no write twice"]);
});

test("an error that did not come names nothing, and a call that hung does not end in time", () => {
  const failing = fault({ outcome: "error", names: ["status"] });
  assert.deepEqual(unmet(failing, {}), ["outcome", "names the status"]);
  assert.deepEqual(unmet(failing, { outcome: "error", names: ["status"] }), []);
  assert.deepEqual(unmet(failing, { outcome: "hung", ms: undefined }), ["outcome", "ends in time", "names the status"]);
});
