import { allStrategies, createConnector } from "@connectry/core";
import { afterEach, expect, test, vi } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "./fake-handler.js";

// In Jest and node:test the same is run by e2e/release/src/test-runners.test.ts.
afterEach(() => void vi.useRealTimers());

test("under the fake timers of vitest a fake responds while no time passes, and a call waits as long as Retry-After asks", async () => {
  // By default vitest fakes timers alone that no connection needs.
  vi.useFakeTimers();
  const fake = fakeHandler({ document: acmeDocument, profile: acmeProfile });
  const definition = {
    profile: acmeProfile,
    facts: { version: "1", operations: {}, pages: {} },
    strategies: allStrategies(acmeProfile),
  };
  const acme = createConnector<never>(definition, { auth: "key", fetch: fake.fetch, deadlineMs: 120_000 });
  expect((await acme.request("GET", "/widgets")).response.status).toBe(200);
  fake.faults.push({ kind: "response", status: 429, headers: { "retry-after": "30" } });
  let isSettled = false;
  const call = acme.request("GET", "/widgets").finally(() => {
    isSettled = true;
  });
  await vi.advanceTimersByTimeAsync(29_000);
  expect([fake.requests.length, isSettled]).toEqual([2, false]);
  for (let step = 0; step < 100 && !isSettled; step += 1) await vi.advanceTimersByTimeAsync(100);
  expect((await call).response.status).toBe(200);
  expect(fake.requests).toHaveLength(3);
});
