import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { kinds, type LimitWorker, reachOf, startLimitWorkers, sumUp } from "../../test/limit-workers.js";
import { startRedis } from "../../test/redis.js";
import { between, mostInWindow } from "../../test/windows.js";

const runAll = (workers: readonly LimitWorker[], durationMs: number, lanes = 10) =>
  Promise.all(workers.map((worker) => worker.call("run", durationMs, lanes)));
const machineMs = () => performance.timeOrigin + performance.now();
const secondUs = 1_000_000;

test("R12: 8 processes at 100 a second for 30 s: at most 100 in any second, 97 % of it used, within 10 % of each other", async () => {
  const workers = await startLimitWorkers(await reachOf("node-redis", await startRedis()), 8);
  const { granted, passed, failures, rate, unevenness } = sumUp(await runAll(workers, 30_000), 30_000);
  console.log({
    granted: granted.length,
    passed: passed.length,
    most: mostInWindow(granted, secondUs),
    mostPassed: mostInWindow(passed, 1_000),
    rate,
    unevenness,
  });
  expect(failures).toEqual([]);
  expect(mostInWindow(granted, secondUs)).toBeLessThanOrEqual(100);
  expect(rate).toBeGreaterThanOrEqual(97);
  expect(unevenness).toBeLessThanOrEqual(0.1);
});

test("R13: the same for 10 s with clocks that are up to 5 minutes wrong", async () => {
  const workers = await startLimitWorkers(await reachOf("ioredis", await startRedis()), 8, (index) => ({
    skewMs: (index - 3.5) * 85_714,
  }));
  const { granted, failures, rate, unevenness } = sumUp(await runAll(workers, 10_000), 10_000);
  console.log({ granted: granted.length, most: mostInWindow(granted, secondUs), rate, unevenness });
  expect(failures).toEqual([]);
  expect(mostInWindow(granted, secondUs)).toBeLessThanOrEqual(100);
  expect(rate).toBeGreaterThanOrEqual(97);
  expect(unevenness).toBeLessThanOrEqual(0.1);
});

test.each(["FLUSHALL", "restart"] as const)(
  "R15: after a %s in the middle, the worst second has at most 130 of 100, and a second later it is as before",
  async (harm) => {
    const server = await startRedis();
    const workers = await startLimitWorkers(await reachOf("node-redis", server), 8);
    const running = runAll(workers, 7_000);
    await sleep(3_000);
    if (harm === "restart") await server.restart();
    else await workers[0]?.call("flushAll");
    const harmedAtMs = machineMs();
    const { passed, failures } = sumUp(await running, 7_000);
    console.log(
      harm,
      mostInWindow(passed, 1_000),
      mostInWindow(
        passed.filter((at) => at >= harmedAtMs + 1_000),
        1_000,
      ),
      passed.length,
    );
    expect(failures).toEqual([]);
    expect(mostInWindow(passed, 1_000)).toBeLessThanOrEqual(130);
    // One for each timer that was late.
    expect(
      mostInWindow(
        passed.filter((at) => at >= harmedAtMs + 1_000),
        1_000,
      ),
    ).toBeLessThanOrEqual(108);
  },
);

test.each(kinds)(
  "R16: Redis killed for 10 s (%s): no call fails, each of 4 keeps to its quarter, and they share again within 2 s",
  async (kind) => {
    const server = await startRedis();
    const workers = await startLimitWorkers(await reachOf(kind, server), 4);
    const running = runAll(workers, 16_000);
    await sleep(3_000);
    await server.kill();
    const killedAtMs = machineMs();
    await sleep(10_000);
    await server.restart();
    const backAtMs = machineMs();
    const runs = await running;
    const { passed, failures } = sumUp(runs, 16_000);
    const alone = runs.map(({ passedAtMs }) => between(passedAtMs, killedAtMs + 500, backAtMs));
    const sharedAgainMs = runs.map(({ sharedAtMs }) => (sharedAtMs.find((at) => at > backAtMs) ?? Infinity) - backAtMs);
    console.log(kind, {
      most: mostInWindow(passed, 1_000),
      each: alone.map((a) => [mostInWindow(a, 1_000), a.length / 9.5]),
      sharedAgainMs,
      alone: between(passed, killedAtMs, backAtMs).length,
    });
    expect(failures).toEqual([]);
    expect(mostInWindow(passed, 1_000)).toBeLessThanOrEqual(110);
    for (const times of alone) expect(mostInWindow(times, 1_000)).toBeLessThanOrEqual(26);
    // It goes on, and does not only refrain.
    expect(between(passed, killedAtMs, backAtMs).length).toBeGreaterThanOrEqual(850);
    expect(Math.max(...sharedAgainMs)).toBeLessThanOrEqual(2_000);
  },
);
