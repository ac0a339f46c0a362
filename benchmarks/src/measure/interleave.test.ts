import assert from "node:assert/strict";
import { test } from "node:test";
import { interleave } from "./interleave.ts";

test("every subject is measured once per round, and each round begins with another one", async () => {
  const order: string[] = [];
  const measured = await interleave(["a", "b", "c"], 3, async (subject, round) => {
    order.push(subject);
    return round;
  });
  assert.equal(order.join(""), "abcbcacab");
  assert.deepEqual(measured.get("b"), { kind: "figures", rounds: [0, 1, 2] });
});

test("a subject that fails is not measured again, says why, and does not affect the others", async () => {
  let calls = 0;
  const measured = await interleave(["good", "bad"], 3, async (subject) => {
    if (subject === "good") return 1;
    calls += 1;
    throw new Error("does not compile");
  });
  assert.deepEqual(measured.get("bad"), { kind: "failed", why: "does not compile" });
  assert.deepEqual(measured.get("good"), { kind: "figures", rounds: [1, 1, 1] });
  assert.equal(calls, 1);
});
