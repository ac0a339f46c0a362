import { fakeClock } from "@connectry/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { limitCost, tenant } from "../../test/limit-cost.js";
import { mostInWindow } from "../../test/windows.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { RedisUnavailableError } from "../redis-connection/redis-unavailable-error.js";
import { type RedisRateLimitsOptions, redisRateLimits } from "./redis-rate-limits.js";

/** Processes on a stopped clock that share 40 permits a second, over a Redis that can become unavailable. */
function setUp(processes: number, options: Partial<RedisRateLimitsOptions> = {}) {
  const clock = fakeClock();
  const intervalUs = 25_000;
  let tatUs = 0;
  let isUp = true;
  const redis: RedisConnection = {
    isUp: true,
    withTimeout: () => Promise.reject(new Error("not used")) as never,
    send: () => Promise.reject(new RedisUnavailableError()),
    subscribe: undefined,
    async run(_, __, [, , count]) {
      if (!isUp) throw new RedisUnavailableError("Redis is unavailable: killed.");
      const nowUs = clock.monotonic() * 1_000;
      const delaysUs = Array.from({ length: Number(count) }, () => {
        tatUs = Math.max(tatUs, nowUs) + intervalUs;
        return tatUs - intervalUs - nowUs;
      });
      return [nowUs, processes, delaysUs, 0, [tatUs]];
    },
  };
  const times: number[] = [];
  const limits = Array.from({ length: processes }, () => redisRateLimits({ redis, keySecret: "s", clock, ...options }));
  const costs = [limitCost("default 0", 40)];
  /** Each process uses permits one after another. */
  const use = async (untilMs: number) => {
    const reserve = async (own = limits[0]) =>
      await own!.reserve({ tenant, scopes: ["default"], costs, waiting: () => 100 });
    // The fingerprint of the tenant takes real time. What comes with it is left unused.
    for (const own of limits) await reserve(own);
    for (const own of limits) {
      const next = async (): Promise<void> => {
        const { kind, delayMs } = await reserve(own);
        await clock.sleep(delayMs);
        if (kind === "reserved") times.push(clock.monotonic());
        if (clock.monotonic() < untilMs) await next();
      };
      void next();
    }
  };
  const kill = () => {
    isUp = false;
  };
  const restart = () => {
    isUp = true;
  };
  return { clock, limits, costs, times, use, kill, restart };
}

test.each([1, 20])(
  "R16: leases of %d are spent before the own part, and no second holds more than the limit",
  async (leaseSize) => {
    const { clock, times, use, kill } = setUp(4, { leaseSize, onError() {} });
    await use(20_000);
    await clock.advance(5_010);
    kill();
    await clock.advance(15_000);
    expect(mostInWindow(times, 999.999)).toBeLessThanOrEqual(40);
    // The processes go on with their parts.
    expect(times.filter((atMs) => atMs > 10_000 && atMs <= 15_000).length).toBeGreaterThanOrEqual(180);
  },
);

test("R16: before Redis first replied, no process uses the whole limit: it asks again for a second", async () => {
  const { clock, times, use, kill, restart } = setUp(4);
  kill();
  await use(5_000);
  await clock.advance(400);
  expect(times).toEqual([]);
  restart();
  await clock.advance(4_600);
  expect(mostInWindow(times, 999.999)).toBeLessThanOrEqual(40);
  expect(times.length).toBeGreaterThan(120);
});

test("R16: where `processes` is set, the own part is used from the first moment", async () => {
  const { clock, times, use, kill } = setUp(4, { processes: 4, onError() {} });
  kill();
  await use(5_000);
  await clock.advance(5_000);
  expect(times.filter((atMs) => atMs <= 100)).toHaveLength(4);
  expect(mostInWindow(times, 999.999)).toBeLessThanOrEqual(40);
});

test("an outage is reported once, with its reason, and the next one again", async () => {
  const errors: string[] = [];
  const { limits, costs, clock, kill, restart } = setUp(1, {
    processes: 4,
    onError: ({ message }) => void errors.push(message),
  });
  const reserve = async () => {
    await limits[0]?.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
    await clock.advance(1_000);
  };
  await reserve();
  expect(errors).toEqual([]);
  kill();
  for (let count = 0; count < 5; count += 1) await reserve();
  const message = "redisRateLimits: each process uses 1/1 of the limits, because: Redis is unavailable: killed.";
  expect(errors).toEqual([message]);
  restart();
  await reserve();
  kill();
  await reserve();
  expect(errors).toEqual([message, message]);
});

test("an outage is printed where nothing else is done with it, also that of a Redis that rejects scripts", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const { limits, costs, clock, kill } = setUp(1);
  kill();
  await clock.advance(1_000);
  await limits[0]?.reserve({ tenant, scopes: ["default"], costs, waiting: () => 1 });
  expect(warn.mock.calls).toEqual([
    [
      "redisRateLimits: each process uses the whole of the limits, set `processes` to how many there are, because: Redis is unavailable: killed.",
    ],
  ]);
});
