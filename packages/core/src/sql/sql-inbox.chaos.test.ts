import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { shuffled } from "../../test/shuffled.js";
import { sqlInboxProcesses } from "../../test/webhooks/sql-inbox-workers.js";

const eventCount = 2_000;
const deliveriesOfEach = 5;
const processCount = 4;
const leaseMs = 1_500;

test("R39: 2,000 events x 5, while processes are killed and suspended beyond their leases: 0 twice, 0 lost", {
  timeout: 300_000,
}, async () => {
  const { startProcess, countEffects } = await sqlInboxProcesses(leaseMs);
  const processes = await Promise.all(Array.from({ length: processCount }, startProcess));
  const ids = Array.from({ length: eventCount }, (_, index) => `evt_${index}`);
  const waiting = shuffled(Array.from({ length: deliveriesOfEach }, () => ids).flat());
  let interrupted = 0;
  const deliver = async (id: string) => {
    const process = processes[Math.floor(Math.random() * processCount)];
    return process?.call("deliver", id).catch(() => {
      interrupted += 1;
    });
  };
  const lane = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      while ((await deliver(id)) !== 204) await sleep(100);
    }
  };
  const delivering = Promise.all(Array.from({ length: 80 }, lane));
  let isOver = false;
  let kills = 0;
  let suspensions = 0;
  const harming = (async () => {
    while (!isOver) {
      await sleep(400);
      const index = Math.floor(Math.random() * processCount);
      if (suspensions < kills / 8) {
        // Its handlers go on when others have their events.
        processes[index]?.signal("SIGSTOP");
        await sleep(leaseMs * 1.5);
        processes[index]?.signal("SIGCONT");
        suspensions += 1;
      } else {
        processes[index]?.signal("SIGKILL");
        processes[index] = await startProcess();
        kills += 1;
      }
    }
  })();
  await delivering;
  isOver = true;
  await harming;
  console.log(`${kills} kills, ${suspensions} suspensions, ${interrupted} deliveries interrupted`);
  expect(kills).toBeGreaterThan(5);
  expect(interrupted).toBeGreaterThan(kills);
  expect(await countEffects()).toEqual({ all: eventCount, events: eventCount });
});
