import { expect, test } from "vitest";
import { shortestMs } from "../../test/shortest.js";
import { createFairQueue } from "./fair-queue.js";

/** A queue whose next one leaves when it is taken. */
function queueOf<T>() {
  const queue = createFairQueue<T>();
  const leaves = new Map<T, () => void>();
  const add = (key: string, waiter: T) => {
    const leave = queue.add(key, waiter);
    leaves.set(waiter, leave);
    return leave;
  };
  const shift = () => {
    const { first } = queue;
    queue.turn();
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

test("R19: 10,000 waiters of one key leave in the order of their coming, whoever gives up between them", () => {
  const queue = queueOf<number>();
  const leave = Array.from({ length: 10_000 }, (_, index) => queue.add("key", index));
  leave.forEach((out, index) => {
    if (index % 3 === 0) out();
  });
  const order = drain(queue);
  expect(order).toHaveLength(6_666);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(queue.size).toBe(0);
});

test("keys take turns, each in its own order, and one that comes late joins at the next round", () => {
  const queue = queueOf<string>();
  for (const waiter of ["a1", "a2", "a3", "a4", "b1", "b2"]) queue.add(waiter.slice(0, 1), waiter);
  expect([queue.shift(), queue.shift()]).toEqual(["a1", "b1"]);
  queue.add("c", "c1");
  expect(drain(queue)).toEqual(["a2", "b2", "c1", "a3", "a4"]);
});

test("a key whose waiters all gave up takes no turn", () => {
  const queue = queueOf<string>();
  const leave = queue.add("a", "a1");
  for (const waiter of ["b1", "b2", "c1"]) queue.add(waiter.slice(0, 1), waiter);
  leave();
  expect(drain(queue)).toEqual(["b1", "c1", "b2"]);
});

test("says how many come before one more of a key, at the least", () => {
  const queue = queueOf<number>();
  for (let count = 0; count < 100; count += 1) queue.add("noisy", count);
  expect([queue.ahead("noisy"), queue.ahead("quiet")]).toEqual([100, 0]);
  queue.add("quiet", 1);
  expect(queue.ahead("quiet")).toBe(2);
});

test("who left is not served, and does not count", () => {
  const queue = queueOf<string>();
  const leave = queue.add("key", "first");
  queue.add("key", "second");
  leave();
  expect([queue.size, queue.first, queue.shift(), queue.shift()]).toEqual([1, "second", "second", undefined]);
});

test("10,000 waiters of 1, 100 or 10,000 keys come and go within half a second", () => {
  for (const keys of [1, 100, 10_000]) {
    const pass = () => {
      const queue = queueOf<number>();
      for (let count = 0; count < 10_000; count += 1) queue.add(`key ${count % keys}`, count);
      while (queue.shift() !== undefined);
    };
    expect(shortestMs(pass)).toBeLessThan(500);
  }
});
