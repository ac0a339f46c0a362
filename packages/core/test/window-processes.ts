import { fakeClock } from "@connectry/testing";
import type { LimitSize } from "../src/rate-limit/gcra.js";
import type { LimitCost } from "../src/rate-limit/rate-limit-store.js";
import { evenPace, toSlidingWindow } from "../src/rate-limit/sliding-window.js";
import { type RedisConnection, type RedisRateLimitsOptions, redisRateLimits } from "../src/redis/index.js";
import { RedisUnavailableError } from "../src/redis-connection/redis-unavailable-error.js";
import { tenant } from "./limit-cost.js";
import { withRedisTime } from "./redis-time.js";

const hourMs = 3_600_000;
/** The time of Redis when the clock of the processes starts. */
export const longAgoMs = 1_000 * hourMs;

/** A window of 100 an hour, which no test outlasts. */
export const perHour: LimitSize = { limit: 100, perMs: hourMs };

/** The cost of a call under a sliding window. */
export function windowCost(size: LimitSize = perHour, cost = 1): LimitCost {
  const sliding = toSlidingWindow(size);
  return { name: "default 0", sliding, gcra: evenPace(sliding), cost };
}

/** Processes on one clock, which is that of Redis, too. */
export function windowProcesses(
  connection: RedisConnection,
  count: number,
  options: Partial<RedisRateLimitsOptions> = {},
) {
  const clock = fakeClock();
  let isUp = true;
  const timed = withRedisTime(connection, () => longAgoMs + clock.monotonic());
  const redis: RedisConnection = {
    ...timed,
    run: (...args) => (isUp ? timed.run(...args) : Promise.reject(new RedisUnavailableError("killed"))),
  };
  const start = () =>
    redisRateLimits({ redis, keySecret: "secret", clock, presenceMs: 10 * hourMs, onError() {}, ...options });
  const processes = Array.from({ length: count }, start);
  const times: number[] = [];

  /** Reserves a permit of one process. */
  const reserve = async (cost: LimitCost, own = processes[0], waiting = 1) => {
    const reservation = await own!.reserve({ tenant, scopes: ["default"], costs: [cost], waiting: () => waiting });
    if (reservation.kind === "reserved") times.push(clock.monotonic() + reservation.delayMs);
    return reservation;
  };
  return {
    clock,
    processes,
    start,
    reserve,
    /** When all permits were valid. */
    times,
    setUp(value: boolean) {
      isUp = value;
    },
    /** Each process uses one permit after another, each at least `everyMs` after the last. */
    async use(durationMs: number, everyMs: number, cost = windowCost()) {
      const endsAtMs = clock.monotonic() + durationMs;
      const users = processes.map((own, index) => ({ own, atMs: clock.monotonic() + (index * everyMs) / count }));
      for (;;) {
        const next = users.reduce((first, user) => (user.atMs < first.atMs ? user : first));
        if (next.atMs > endsAtMs) return await clock.advance(endsAtMs - clock.monotonic());
        await clock.advance(Math.max(0, next.atMs - clock.monotonic()));
        const { delayMs } = await reserve(cost, next.own, everyMs > 0 ? 1 : 50);
        next.atMs = clock.monotonic() + Math.max(delayMs, everyMs);
      }
    },
  };
}
