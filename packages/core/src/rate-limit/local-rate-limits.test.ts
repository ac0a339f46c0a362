import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createTenant } from "../../test/call.js";
import { heldBytes } from "../../test/heap.js";
import { toGcra } from "./gcra.js";
import { localRateLimits } from "./local-rate-limits.js";

const costs = [{ name: "default 0", gcra: toGcra({ bucket: "default", limit: 10, perMs: 1_000 }), cost: 1 }];

test("a limit that is used up is not forgotten for 10,000 other tenants", () => {
  const source = localRateLimits(fakeClock());
  const reserve = (name: string) =>
    source.reserve({ tenant: createTenant(name), scopes: ["default"], costs, waiting: () => 1 });
  expect(reserve("first")).toEqual({ kind: "reserved", delayMs: 0 });
  for (let count = 0; count < 10_001; count += 1) void reserve(`tenant ${count}`);
  expect(reserve("first")).toEqual({ kind: "reserved", delayMs: expect.closeTo(100, 3) });
});

test("200,000 tenants that come one after another leave less than 5 MB behind", () => {
  let nowMs = 0;
  const source = localRateLimits({ ...fakeClock(), monotonic: () => nowMs });
  const before = heldBytes();
  for (let count = 0; count < 200_000; count += 1) {
    nowMs += 200;
    void source.reserve({ tenant: createTenant(`tenant ${count}`), scopes: ["default"], costs, waiting: () => 1 });
  }
  expect((heldBytes() - before) / 2 ** 20).toBeLessThan(5);
  // It is in use until here.
  expect(source.reserve({ tenant: createTenant("last"), scopes: ["default"], costs, waiting: () => 1 })).toEqual({
    kind: "reserved",
    delayMs: 0,
  });
});
