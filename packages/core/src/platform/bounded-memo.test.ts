import { expect, test } from "vitest";
import { boundedMemo } from "./bounded-memo.js";

const maxSize = 10_000;

interface Value {
  readonly key: string;
  isIdle: boolean;
}

/** A memo that records which keys it created values for, with `count` values in it. */
function memoOf(count: number, isIdle?: (value: Value) => boolean) {
  const created: string[] = [];
  const memo = boundedMemo<Value>((key) => {
    created.push(key);
    return { key, isIdle: false };
  }, isIdle);
  for (let index = 0; index < count; index += 1) memo.get(`key ${index}`);
  return { memo, created };
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

test("R47: __proto__ and constructor are ordinary keys", () => {
  const { memo, created } = memoOf(0);
  for (const key of ["__proto__", "constructor", ""]) {
    expect(memo.peek(key)).toBeUndefined();
    expect(memo.get(key).key).toBe(key);
  }
  expect(created).toEqual(["__proto__", "constructor", ""]);
});

test("10,000 values are kept, and one more drops all of them where nothing says which are idle", () => {
  const { memo } = memoOf(maxSize);
  expect(memo.peek("key 0")).toBeDefined();
  expect(memo.peek(`key ${maxSize - 1}`)).toBeDefined();
  const added = memo.get("one more");
  expect(memo.peek("key 0")).toBeUndefined();
  expect(memo.peek(`key ${maxSize - 1}`)).toBeUndefined();
  expect(memo.peek("one more")).toBe(added);
});

test("a value that exists is returned without a sweep", () => {
  const { memo, created } = memoOf(maxSize);
  memo.get("key 0");
  expect(memo.peek("key 1")).toBeDefined();
  expect(created).toHaveLength(maxSize);
});

test("a sweep drops idle values, and keeps those in use", () => {
  const { memo } = memoOf(maxSize, ({ isIdle }) => isIdle);
  const inUse = memo.get("key 1");
  for (const index of [0, 2, maxSize - 1]) memo.get(`key ${index}`).isIdle = true;
  memo.get("one more");
  for (const index of [0, 2, maxSize - 1]) expect(memo.peek(`key ${index}`)).toBeUndefined();
  expect(memo.peek("key 1")).toBe(inUse);
  expect(memo.peek("key 3")).toBeDefined();
});

test("where all values are in use, the next sweep waits until there are twice as many", () => {
  let examined = 0;
  const { memo } = memoOf(maxSize, ({ isIdle }) => {
    examined += 1;
    return isIdle;
  });
  expect(examined).toBe(0);
  for (let index = maxSize; index < 2 * maxSize; index += 1) memo.get(`key ${index}`);
  expect(examined).toBe(maxSize);
  memo.get("one more");
  expect(examined).toBe(maxSize + 2 * maxSize);
  expect(memo.peek("key 0")).toBeDefined();
});

test("after a sweep that drops most values, the next one is at 10,000 values again", () => {
  let sweeps = 0;
  const { memo } = memoOf(maxSize, ({ key, isIdle }) => {
    if (key === "kept") sweeps += 1;
    return isIdle || key !== "kept";
  });
  memo.get("kept");
  expect(sweeps).toBe(0);
  for (let index = 0; index < maxSize - 1; index += 1) memo.get(`later ${index}`);
  expect(sweeps).toBe(0);
  memo.get("one more");
  expect(sweeps).toBe(1);
  expect(memo.peek("kept")).toBeDefined();
  expect(memo.peek("later 0")).toBeUndefined();
});
