import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { windowKinds } from "../../test/limit-cost.js";
import {
  kinds,
  type LimitWorker,
  perSecond,
  reachOf,
  runAll,
  startLimitWorkers,
  sumUp,
} from "../../test/limit-workers.js";
import { startRedis } from "../../test/redis.js";
import { serveWith } from "../../test/serve.js";
import { between, machineMs, mostInWindow } from "../../test/windows.js";
import { windowParts } from "../rate-limit/sliding-window.js";

const secondUs = 1_000_000;
// Where the machine stalled several processes, it is tried again.
const again = { retry: 2 };

// A window is longer by a tenth, and one part of it may be late.
const perSecondOf = { gcra: 100, sliding: 100 / (1.1 + 1.1 / windowParts) };
async function expectFairAndFull(
  workers: readonly LimitWorker[],
  durationMs: number,
  window: keyof typeof perSecondOf,
): Promise<void> {
  const { permitsUs, failures, rate, unevenness } = sumUp(await runAll(workers, durationMs));
  expect(failures).toEqual([]);
  expect(mostInWindow(permitsUs, secondUs)).toBeLessThanOrEqual(100);
  expect(rate).toBeGreaterThanOrEqual(0.97 * perSecondOf[window]);
  // What is left of a window goes to the processes that ask first.
  if (window === "gcra") expect(unevenness).toBeLessThanOrEqual(0.1);
}

describe.each(windowKinds)("%s", (window) => {
  const limits = perSecond(100, window);

  test(
    "R12: 8 processes at 100 a second for 30 s: at most 100 in any second, 97 % of it used, and of GCRA within 10 % of each other",
    again,
    async () => {
      const workers = await startLimitWorkers(await reachOf("node-redis", await startRedis()), 8, () => ({ limits }));
      await expectFairAndFull(workers, 30_000, window);
    },
  );

  test("R13: the same for 10 s with clocks that are up to 5 minutes wrong", again, async () => {
    const planOf = (index: number) => ({ limits, skewMs: (index - 3.5) * 85_714 });
    const workers = await startLimitWorkers(await reachOf("ioredis", await startRedis()), 8, planOf);
    await expectFairAndFull(workers, 10_000, window);
  });
});

test.each(windowKinds.flatMap((window) => (["FLUSHALL", "restart"] as const).map((harm) => [harm, window] as const)))(
  "R15: after a %s in the middle, the worst second has at most 130 of 100, and a second later it is as before (%s)",
  again,
  async (harm, window) => {
    const server = await startRedis();
    const workers = await startLimitWorkers(await reachOf("node-redis", server), 8, () => ({
      limits: perSecond(100, window),
    }));
    const running = runAll(workers, 7_000);
    await sleep(3_000);
    if (harm === "restart") await server.restart();
    else await workers[0]?.call("flushAll");
    const harmedAtMs = machineMs();
    const { passed, failures } = sumUp(await running);
    const afterwards = passed.filter((atMs) => atMs >= harmedAtMs + 1_000);
    expect(failures).toEqual([]);
    expect(mostInWindow(passed, 1_000)).toBeLessThanOrEqual(130);
    // A late timer of each process may add one.
    expect(mostInWindow(afterwards, 1_000)).toBeLessThanOrEqual(108);
    expect(afterwards.length).toBeGreaterThan(200);
  },
);

test.each(kinds)(
  "R22: a 429 that one process sees holds back all of them within 100 ms, until its Retry-After is over (%s)",
  again,
  async (kind) => {
    const times: number[] = [];
    let refusedAtMs = Infinity;
    const server = await serveWith(() => {
      const nowMs = machineMs();
      times.push(nowMs);
      if (times.length !== 40) return {};
      refusedAtMs = nowMs;
      return { status: 429, headers: { "retry-after-ms": "700" } };
    });
    const workers = await startLimitWorkers(await reachOf(kind, await startRedis()), 3);
    await Promise.all(workers.map((worker) => worker.call("callAcme", server.url, perSecond(100), 40)));
    expect(between(times, refusedAtMs + 100, refusedAtMs + 700)).toEqual([]);
    expect(between(times, refusedAtMs + 700, refusedAtMs + 1_200).length).toBeGreaterThan(0);
  },
);

test.each(kinds)("a permit of a lease is kept for 20 ms at most (%s)", again, async (kind) => {
  const workers = await startLimitWorkers(await reachOf(kind, await startRedis()), 2, () => ({
    limits: perSecond(1_000),
    leaseSize: 20,
  }));
  const { passed, failures } = sumUp(await runAll(workers, 1_200, { lanes: 50 }));
  expect(failures).toEqual([]);
  // A late timer may add some.
  expect(mostInWindow(passed, 1_000)).toBeLessThanOrEqual(1_025);
  expect(passed.length).toBeGreaterThanOrEqual(500);
});

test.each(windowKinds)(
  "R20: half of the waiters of 3 processes give up, and still 95 % of the limit is used in 3 s (%s)",
  again,
  async (window) => {
    const workers = await startLimitWorkers(await reachOf("node-redis", await startRedis()), 3, () => ({
      limits: perSecond(100, window),
    }));
    const runs = runAll(workers, 3_000, { lanes: 20, abortedShare: 0.5 });
    const endsAtMs = machineMs() + 3_000;
    const { passed, failures, trips } = sumUp(await runs);
    // Nobody gives up any more after the run, when the rest of those that wait pass.
    const used = passed.filter((atMs) => atMs < endsAtMs);
    const spanMs = (used.at(-1) ?? 0) - (used[0] ?? 0);
    expect(failures).toEqual([]);
    // All but the last permit of each process are used.
    expect(trips).toBeLessThanOrEqual(passed.length + 3);
    if (window === "sliding") {
      // Windows of 1.1 s begin at 0, 1.1 and 2.2 s, and each goes at once.
      expect(used.length).toBeGreaterThanOrEqual(285);
      return;
    }
    expect(spanMs).toBeGreaterThan(2_700);
    expect(((used.length - 1) * 1_000) / spanMs).toBeGreaterThanOrEqual(95);
  },
);

test.each(windowKinds.flatMap((window) => [1, 20].map((leaseSize) => [leaseSize, window] as const)))(
  "R16: with leases of %d and a Redis that is killed, 4 processes at 40 a second never exceed that (%s)",
  again,
  async (leaseSize, window) => {
    const server = await startRedis();
    const workers = await startLimitWorkers(await reachOf("node-redis", server), 4, () => ({
      limits: perSecond(40, window),
      leaseSize,
    }));
    const running = runAll(workers, 9_000);
    await sleep(3_000);
    await server.kill();
    const killedAtMs = machineMs();
    const { passed, failures } = sumUp(await running);
    expect(failures).toEqual([]);
    // A late timer of each process may add one.
    expect(mostInWindow(passed, 1_000)).toBeLessThanOrEqual(44);
    expect(
      mostInWindow(
        passed.filter((atMs) => atMs > killedAtMs + 1_000),
        1_000,
      ),
    ).toBeLessThanOrEqual(44);
    expect(between(passed, killedAtMs + 2_000, killedAtMs + 5_000).length).toBeGreaterThan(90);
  },
);
