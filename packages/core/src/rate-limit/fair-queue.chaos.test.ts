import { expect, test } from "vitest";
import { bestOfMs } from "../../test/best-of.js";
import { createFairQueue } from "./fair-queue.js";

test.each([1, 100, 10_000])(
  "R19: 10,000 waiters of %d keys come and go within half a second more than they do in a Map",
  (keys) => {
    const controlMs = bestOfMs(() => {
      const waiters = new Map<string, number>();
      for (let count = 0; count < 10_000; count += 1) waiters.set(`key ${count}`, count);
      for (const key of waiters.keys()) waiters.delete(key);
    });
    const pass = () => {
      const queue = createFairQueue<() => void>();
      for (let count = 0; count < 10_000; count += 1) {
        const release = queue.add(`key ${count % keys}`, () => release());
      }
      for (let { first } = queue; first !== undefined; { first } = queue) {
        queue.rotate();
        first();
      }
      expect(queue.size).toBe(0);
    };
    expect(bestOfMs(pass)).toBeLessThan(500 + controlMs);
  },
);
