import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Moment } from "../../cache.worker.js";
import { startRedis } from "../../redis.js";
import { serve } from "../../serve.js";
import { startWorkers } from "../../workers.js";

type Work = typeof import("../../cache.worker.js");

const program = new URL("../../cache.worker.ts", import.meta.url);

/**
 * Milliseconds from a moment to the last read of a process, without the time in which that process certainly waited for
 * a processor meanwhile. Waits that can have been before the moment, since the read before it, are not subtracted.
 */
function msBetween(began: Moment, moments: readonly Moment[]): number {
  const before = moments.findLast(({ atMs }) => atMs <= began.atMs) as Moment;
  const last = moments.at(-1) as Moment;
  const waitedMs = last.keptWaitingMs - before.keptWaitingMs - (began.atMs - before.atMs);
  return last.atMs - began.atMs - Math.max(0, waitedMs);
}

describe("1,000 callers in each of 8 processes on a cold key", { timeout: 60_000 }, () => {
  test.each([
    [true, 1],
    [false, 8],
  ])("R25: with Redis (%s) the provider is called %d times", async (hasRedis, most) => {
    const redis = hasRedis ? (await startRedis()).url : undefined;
    const server = await serve([{ kind: "latency", delayMs: 200, times: Infinity }]);
    const workers = await startWorkers<Work>(program, 8);
    await Promise.all(workers.map((worker) => worker.call("open", server.url, redis)));
    const counts = await Promise.all(workers.map((worker) => worker.call("burst", 1_000, "/things")));
    expect(counts).toEqual(Array(8).fill({ '{"ok":true}': 1_000 }));
    expect(server.requests).toHaveLength(most);
  });

  test("R25: when the process that fetches is killed, another one fetches within the lease and a second", async () => {
    const redis = await startRedis();
    const leaseMs = 1_000;
    const server = await serve([{ kind: "stall", after: "headers", times: 1 }]);
    const workers = await startWorkers<Work>(program, 3);
    await Promise.all(workers.map((worker) => worker.call("open", server.url, redis.url, leaseMs)));
    const [first, ...others] = workers as [(typeof workers)[0], ...typeof workers];
    const lost = first.call("get", "/things").catch(() => "killed");
    await expect.poll(() => server.requests.length).toBe(1);
    const waiting = others.map((worker) => worker.call("burst", 100, "/things"));
    // While the process lives, it renews its claim until the fetch ends.
    await sleep(2 * leaseMs);
    expect(server.requests).toHaveLength(1);
    const killedAt = performance.now();
    first.signal("SIGKILL");
    expect(await lost).toBe("killed");
    expect(await Promise.all(waiting)).toEqual([{ '{"ok":true}': 100 }, { '{"ok":true}': 100 }]);
    expect(performance.now() - killedAt).toBeLessThanOrEqual(leaseMs + 1_000);
    expect(server.requests).toHaveLength(2);
  });
});

test("R32: an entry that one process invalidates is gone from the memory of seven others within 100 ms (p99)", {
  timeout: 60_000,
}, async () => {
  const redis = await startRedis();
  let version = 1;
  const server = await serve([], () => ({ body: { version } }));
  const workers = await startWorkers<Work>(program, 8);
  await Promise.all(workers.map((worker) => worker.call("open", server.url, redis.url)));
  const [first, ...others] = workers as [(typeof workers)[0], ...typeof workers];
  const times: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(workers.map((worker) => worker.call("get", "/things")));
    expect(await first.call("get", "/things")).toEqual({ version, cache: "hit" });
    const old = version;
    version += 1;
    await Promise.all(others.map((worker) => worker.call("readUntilNot", old, "/things")));
    const began = await first.call("invalidate");
    for (const worker of others) times.push(msBetween(began, await worker.call("readMoments")));
    expect((await first.call("get", "/things")).version).toBe(version);
  }
  times.sort((a, b) => a - b);
  expect(times).toHaveLength(30 * others.length);
  expect(times[Math.ceil(times.length * 0.99) - 1]).toBeLessThanOrEqual(100);
});
