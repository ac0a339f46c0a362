import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { sqlInboxProcesses } from "../../test/webhooks/sql-inbox-workers.js";

test.each([
  ["before the effect", 0],
  ["after the effect", 0],
  ["before the commit", 0],
  ["after the commit", 1],
] as const)(
  "R39: after a SIGKILL %s there are %i effects, and after the next deliveries there is one",
  async (point, count) => {
    const { startProcess, countEffects } = await sqlInboxProcesses(1_500);
    const first = await startProcess();
    await expect(first.call("deliver", "evt_1", point)).rejects.toThrow("the worker ended");
    expect(await countEffects()).toEqual({ all: count, events: count });
    const second = await startProcess();
    // Until the lease of the dead process ends, a delivery gets a 409.
    const statuses: number[] = [];
    while (statuses.at(-1) !== 204) {
      statuses.push(await second.call("deliver", "evt_1"));
      await sleep(50);
    }
    statuses.push(await second.call("deliver", "evt_1"));
    expect(new Set(statuses)).toEqual(new Set(count === 1 ? [204] : [409, 204]));
    expect(await countEffects()).toEqual({ all: 1, events: 1 });
  },
);
