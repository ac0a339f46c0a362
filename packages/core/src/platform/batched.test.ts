import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { batched } from "./batched.js";

/** A batched function that doubles numbers, and the batches that it passed on. */
function doubling() {
  const batches: (readonly number[])[] = [];
  const double = batched(async (items: readonly number[]) => {
    batches.push(items);
    return items.map((item) => 2 * item);
  });
  return { batches, double };
}

test("the items of one turn of the event loop are one batch, also those of later microtasks, and each gets its result", async () => {
  const { batches, double } = doubling();
  const late = (async () => {
    for (let tick = 0; tick < 50; tick += 1) await undefined;
    return double(3);
  })();
  expect(await Promise.all([double(1), double(2), late])).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1, 2, 3]]);
  await nextTurn();
  expect(await double(4)).toBe(8);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test("a batch has at most 1,000 items", async () => {
  const { batches, double } = doubling();
  const results = await Promise.all(Array.from({ length: 2_001 }, (_, index) => double(index)));
  expect(results.at(-1)).toBe(4_000);
  expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 1]);
});

test("a batch without a reply delays no other, and one that fails rejects its own calls only", async () => {
  const error = new Error("no");
  let fail = () => {};
  const call = batched((items: readonly string[]) =>
    items[0] === "a"
      ? new Promise<readonly string[]>((_, reject) => {
          fail = () => reject(error);
        })
      : Promise.resolve(items),
  );
  const a = call("a");
  await nextTurn();
  expect(await call("b")).toBe("b");
  fail();
  await expect(a).rejects.toBe(error);
});
