import { expect, test } from "vitest";
import { shortestMs } from "../../test/shortest.js";
import { createFairQueue } from "./fair-queue.js";

/** A queue from which the next one is taken, whose key's turn is then over. */
function queueOf<T>() {
  const queue = createFairQueue<T>();
  const ways = new Map<T, () => void>();
  const add = (key: string, waiter: T) => {
    const leave = queue.add(key, waiter);
    ways.set(waiter, leave);
    return leave;
  };
  const shift = () => {
    const { first } = queue;
    if (first === undefined) return undefined;
    queue.turn();
    ways.get(first)?.();
    return first;
  };
  return { queue, add, shift };
}

/** Takes out all that wait. */
function drain<T>({ shift }: ReturnType<typeof queueOf<T>>): T[] {
  const order: T[] = [];
  for (let next = shift(); next !== undefined; next = shift()) order.push(next);
  return order;
}

test("R19: 10,000 waiters of one key leave in the order of their coming, whoever gives up between them", () => {
  const waiting = queueOf<number>();
  const leave = Array.from({ length: 10_000 }, (_, index) => waiting.add("key", index));
  leave.forEach((out, index) => {
    if (index % 3 === 0) out();
  });
  const order = drain(waiting);
  expect(order).toHaveLength(6_666);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(waiting.queue.size).toBe(0);
});

test("keys take turns, each in its own order, and one that comes late joins at the next round", () => {
  const waiting = queueOf<string>();
  for (const waiter of ["a1", "a2", "a3", "a4", "b1", "b2"]) waiting.add(waiter.slice(0, 1), waiter);
  expect([waiting.shift(), waiting.shift()]).toEqual(["a1", "b1"]);
  waiting.add("c", "c1");
  expect(drain(waiting)).toEqual(["a2", "b2", "c1", "a3", "a4"]);
});

test("says how many come before one more of a key, at the least", () => {
  const queue = createFairQueue<number>();
  for (let count = 0; count < 100; count += 1) queue.add("noisy", count);
  expect([queue.ahead("noisy"), queue.ahead("quiet")]).toEqual([100, 0]);
  queue.add("quiet", 1);
  expect(queue.ahead("quiet")).toBe(2);
});

test("who left is not served, and does not count", () => {
  const waiting = queueOf<string>();
  const leave = waiting.add("key", "first");
  waiting.add("key", "second");
  leave();
  expect([waiting.queue.size, waiting.queue.first, waiting.shift(), waiting.shift()]).toEqual([
    1,
    "second",
    "second",
    undefined,
  ]);
});

test("10,000 waiters of 1, 100 or 10,000 keys come and go within half a second", () => {
  for (const keys of [1, 100, 10_000]) {
    const pass = () => {
      const { add, shift } = queueOf<number>();
      for (let count = 0; count < 10_000; count += 1) add(`key ${count % keys}`, count);
      while (shift() !== undefined);
    };
    expect(shortestMs(pass)).toBeLessThan(500);
  }
});
