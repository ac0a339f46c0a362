import { expect, onTestFinished, test, vi } from "vitest";
import { boundedMemo, type MemoOptions } from "./bounded-memo.js";

const maxSize = 10_000;

interface Value {
  readonly key: string;
  neededMs: number;
}

/** A memo that records which keys it created values for, with `count` values in it. */
function memoOf(count: number, options?: MemoOptions<Value>) {
  const created: string[] = [];
  const memo = boundedMemo<Value>((key) => {
    created.push(key);
    return { key, neededMs: 0 };
  }, options);
  for (let index = 0; index < count; index += 1) memo.get(`key ${index}`);
  return { memo, created };
}

const neededMs = (value: Value) => value.neededMs;

function warnings() {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  return warn.mock.calls;
}

test("get creates the value of a key once", () => {
  const { memo, created } = memoOf(0);
  const value = memo.get("a");
  expect(memo.get("a")).toBe(value);
  expect(memo.get("b")).not.toBe(value);
  expect(created).toEqual(["a", "b"]);
});

test("get passes its context to the creation, which the first one decides", () => {
  const memo = boundedMemo((key, context: number) => ({ key, context }));
  expect(memo.get("a", 1)).toEqual({ key: "a", context: 1 });
  expect(memo.get("a", 2)).toEqual({ key: "a", context: 1 });
});

test("peek returns the value of a key where there is one, and creates none", () => {
  const { memo, created } = memoOf(0);
  expect(memo.peek("a")).toBeUndefined();
  expect(created).toEqual([]);
  const value = memo.get("a");
  expect(memo.peek("a")).toBe(value);
});

test("drop forgets the value of a key", () => {
  const { memo, created } = memoOf(0);
  memo.get("a");
  memo.drop("a");
  memo.get("a");
  expect(created).toEqual(["a", "a"]);
});

test("R47: __proto__ and constructor are ordinary keys", () => {
  const { memo, created } = memoOf(0);
  for (const key of ["__proto__", "constructor", ""]) {
    expect(memo.peek(key)).toBeUndefined();
    expect(memo.get(key).key).toBe(key);
  }
  expect(created).toEqual(["__proto__", "constructor", ""]);
});

test("10,000 values are kept, and one more drops the one that was used longest ago", () => {
  const { memo } = memoOf(maxSize);
  memo.get("key 0");
  memo.get("one more");
  expect(memo.peek("key 0")).toBeDefined();
  expect(memo.peek("key 1")).toBeUndefined();
  expect(memo.peek("key 2")).toBeDefined();
});

test("the number of values that are kept can be set", () => {
  const { memo } = memoOf(3, { size: 2 });
  expect([memo.peek("key 0"), memo.peek("key 1"), memo.peek("key 2")].map(Boolean)).toEqual([false, true, true]);
});

test("R59: a value that is needed outlasts 20,000 others that are not", () => {
  const { memo } = memoOf(0, { neededMs });
  const needed = memo.get("needed");
  needed.neededMs = 1;
  for (let index = 0; index < 2 * maxSize; index += 1) memo.get(`later ${index}`);
  expect(memo.peek("needed")).toBe(needed);
  expect(memo.peek("later 0")).toBeUndefined();
  needed.neededMs = 0;
  for (let index = 0; index < 2 * maxSize; index += 1) memo.get(`still later ${index}`);
  expect(memo.peek("needed")).toBeUndefined();
});

test("R59: up to 100,000 are kept where all are needed, then those that are needed for the shortest time are dropped, with one warning", () => {
  const warned = warnings();
  const { memo } = memoOf(0, { neededMs });
  for (let index = 0; index < 100_000; index += 1) memo.get(`key ${index}`).neededMs = 1_000_000 - index;
  expect([memo.peek("key 0"), memo.peek("key 99999")].map(Boolean)).toEqual([true, true]);
  expect(warned).toHaveLength(0);
  for (let index = 0; index < 2_000; index += 1) memo.get(`more ${index}`).neededMs = 2_000_000;
  const kept = ["key 0", "key 97999", "key 98000", "key 99999", "more 0", "more 1999"].map((key) => !!memo.peek(key));
  expect(kept).toEqual([true, true, false, false, true, true]);
  expect(warned).toHaveLength(1);
});

test("what is no longer needed makes room for many later ones, a few at a time", () => {
  const { memo } = memoOf(0, { neededMs });
  const values = Array.from({ length: 30_000 }, (_, index) => memo.get(`key ${index}`));
  for (const value of values) value.neededMs = 1;
  for (let index = 0; index < 30_000; index += 1) {
    memo.get(`later ${index}`);
    for (const value of index === 0 ? values : []) value.neededMs = 0;
  }
  expect(values.filter(({ key }) => memo.peek(key))).toEqual([]);
});
