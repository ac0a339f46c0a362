import { expect, test } from "vitest";
import { heldBytes } from "../../test/heap.js";
import { bulk } from "./index.js";

test("300,000 items of a generator leave the heap flat", async () => {
  function* items() {
    for (let id = 0; id < 300_000; id += 1) yield { id, text: `item ${id}` };
  }
  let seen = 0;
  let before = 0;
  for await (const { status } of bulk(items(), async ({ id }) => id, { concurrency: 50 })) {
    expect(status).toBe("fulfilled");
    seen += 1;
    if (seen === 10_000) before = heldBytes();
  }
  expect(seen).toBe(300_000);
  expect(heldBytes() - before).toBeLessThan(2_000_000);
});
