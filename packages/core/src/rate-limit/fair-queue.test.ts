import { expect, onTestFinished, test, vi } from "vitest";
import { createFairQueue } from "./fair-queue.js";

/** A queue whose next one leaves when it is taken. */
function queueOf<T>() {
  const queue = createFairQueue<T>();
  const leaves = new Map<T, () => void>();
  const add = (key: string, waiter: T) => {
    const release = queue.add(key, waiter);
    leaves.set(waiter, release);
    return release;
  };
  const shift = () => {
    const { first } = queue;
    queue.rotate();
    if (first !== undefined) leaves.get(first)?.();
    return first;
  };
  return Object.assign(Object.create(queue) as typeof queue, { add, shift });
}

/** Takes out all that wait. */
function drain<T>(queue: { shift(): T | undefined }): T[] {
  const order: T[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) order.push(next);
  return order;
}

test("R19: 10,000 waiters of one key leave in order of arrival, also when others are removed between them", () => {
  const queue = queueOf<number>();
  const release = Array.from({ length: 10_000 }, (_, index) => queue.add("key", index));
  release.forEach((out, index) => {
    if (index % 3 === 0) out();
  });
  const order = drain(queue);
  expect(order).toHaveLength(6_666);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(queue.size).toBe(0);
});

test("keys take turns, each in its own order, and a new key joins at the end of the round", () => {
  const queue = queueOf<string>();
  for (const waiter of ["a1", "a2", "a3", "a4", "b1", "b2"]) queue.add(waiter.slice(0, 1), waiter);
  expect([queue.shift(), queue.shift()]).toEqual(["a1", "b1"]);
  queue.add("c", "c1");
  expect(drain(queue)).toEqual(["a2", "b2", "c1", "a3", "a4"]);
});

test("a key whose waiters were all removed takes no turn", () => {
  const queue = queueOf<string>();
  const release = queue.add("a", "a1");
  for (const waiter of ["b1", "b2", "c1"]) queue.add(waiter.slice(0, 1), waiter);
  release();
  expect(drain(queue)).toEqual(["b1", "c1", "b2"]);
});

test("`ahead` is the least number of waiters that leave before a new waiter of a key", () => {
  const queue = queueOf<number>();
  for (let count = 0; count < 100; count += 1) queue.add("noisy", count);
  expect([queue.ahead("noisy"), queue.ahead("quiet")]).toEqual([100, 0]);
  queue.add("quiet", 1);
  expect(queue.ahead("quiet")).toBe(2);
});

test("a waiter that was removed is not served and not counted", () => {
  const queue = queueOf<string>();
  const release = queue.add("key", "first");
  queue.add("key", "second");
  release();
  expect([queue.size, queue.first, queue.shift(), queue.shift()]).toEqual([1, "second", "second", undefined]);
});

test.each([1, 100, 10_000])(
  "R19: 10,000 waiters of %d keys leave in turns, and each turn moves one key at most",
  (keys) => {
    const queue = queueOf<number>();
    const waiters = Array.from({ length: 10_000 }, (_, index) => index);
    for (const waiter of waiters) queue.add(`key ${waiter % keys}`, waiter);
    const set = vi.spyOn(Map.prototype, "set");
    onTestFinished(() => set.mockRestore());
    expect(drain(queue)).toEqual(waiters);
    expect(set.mock.calls.filter(([key]) => String(key).startsWith("key ")).length).toBeLessThanOrEqual(10_000);
    expect(queue.size).toBe(0);
  },
);
