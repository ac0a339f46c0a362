import assert from "node:assert/strict";
import { test } from "node:test";
import { missingFrom, recordOf, worseThan } from "./record.ts";

const pairs = [
  { subject: "stripe-fetch", fault: "503-once", unmet: [] },
  { subject: "stripe-fetch", fault: "404", unmet: ["requests"] },
];
const record = recordOf(pairs);

test("a check that was met and is not any more is worse", () => {
  assert.deepEqual(worseThan(record, { subject: "stripe-fetch", fault: "503-once", unmet: ["outcome"] }), ["outcome"]);
});

test("a check that was never met is not worse, and another of the same pair is", () => {
  assert.deepEqual(worseThan(record, { subject: "stripe-fetch", fault: "404", unmet: ["requests"] }), []);
  assert.deepEqual(worseThan(record, { subject: "stripe-fetch", fault: "404", unmet: ["requests", "no leak"] }), [
    "no leak",
  ]);
});

test("a pair that the record does not have is compared with nothing", () => {
  assert.deepEqual(worseThan(record, { subject: "new-fetch", fault: "404", unmet: ["outcome"] }), []);
});

test("what the record has and a run had not is missing", () => {
  assert.deepEqual(missingFrom(record, pairs), []);
  assert.deepEqual(missingFrom(record, pairs.slice(0, 1)), ["404"]);
});
