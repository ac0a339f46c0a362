import { expect, test } from "vitest";
import { createRetryBudget } from "./retry-budget.js";

function retriesLeft(budget: ReturnType<typeof createRetryBudget>, key: string, kind: "transient" | "throttled") {
  let count = 0;
  while (budget.take(key, kind)) count += 1;
  return count;
}

test("a full budget holds 35 transient retries or 100 throttled ones", () => {
  expect(retriesLeft(createRetryBudget(), "a", "transient")).toBe(35);
  expect(retriesLeft(createRetryBudget(), "a", "throttled")).toBe(100);
});

test("R3: retries of one key do not reduce the budget of another", () => {
  const budget = createRetryBudget();
  retriesLeft(budget, "a", "transient");
  expect(retriesLeft(budget, "b", "transient")).toBe(35);
});

test("a success after a retry refunds the cost of that retry", () => {
  const budget = createRetryBudget();
  budget.take("a", "transient");
  budget.refund("a", "transient");
  expect(retriesLeft(budget, "a", "transient")).toBe(35);
});

test("fourteen successes at the first attempt add one retry to a budget", () => {
  const budget = createRetryBudget();
  retriesLeft(budget, "a", "transient");
  for (let i = 0; i < 3; i += 1) budget.refund("a", undefined);
  expect(retriesLeft(budget, "a", "transient")).toBe(0);
  for (let i = 0; i < 11; i += 1) budget.refund("a", undefined);
  expect(retriesLeft(budget, "a", "transient")).toBe(1);
});

test("successes do not raise a budget above its capacity", () => {
  const budget = createRetryBudget();
  budget.take("a", "transient");
  for (let i = 0; i < 10_000; i += 1) budget.refund("a", "transient");
  expect(retriesLeft(budget, "a", "transient")).toBe(35);
});

test("a bounded number of keys is kept", () => {
  const budget = createRetryBudget();
  retriesLeft(budget, "first", "transient");
  for (let i = 0; i < 10_000; i += 1) budget.take(`key ${i}`, "transient");
  expect(retriesLeft(budget, "first", "transient")).toBe(35);
});

test("a success of a key without retries does not reset the budgets of other keys", () => {
  const budget = createRetryBudget();
  retriesLeft(budget, "a", "transient");
  for (let i = 0; i < 9_999; i += 1) budget.take(`key ${i}`, "transient");
  budget.refund("healthy", undefined);
  expect(retriesLeft(budget, "a", "transient")).toBe(0);
});

test("keys whose budget is full again do not evict those whose budget is used up", () => {
  const budget = createRetryBudget();
  retriesLeft(budget, "a", "transient");
  for (let i = 0; i < 20_000; i += 1) {
    budget.take(`key ${i}`, "transient");
    budget.refund(`key ${i}`, "transient");
  }
  expect(retriesLeft(budget, "a", "transient")).toBe(0);
});
