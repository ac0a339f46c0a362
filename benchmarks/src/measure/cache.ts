import { type Caching, startCaching } from "../callers/caching.ts";
import {
  type CachingCaller,
  type CachingTarget,
  cachingCallers,
  ours,
  oursFrozen,
} from "../callers/caching-callers.ts";
import type { Slice } from "../callers/caller-process.ts";
import { priceServer } from "../callers/price-server.ts";
import { privateRedis } from "../limiters/private-redis.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atLeast, atMost } from "../report/goal.ts";
import { pairedRatio, spread } from "../report/median.ts";
import { type Bench, type Goal, missingRow, type Row } from "../report/section.ts";
import { interleave, type Measured } from "./interleave.ts";
import { costsOf } from "./slices.ts";

const sizes = [200, 2_000, 50_000] as const;
const plan = { rounds: 15, warmUpMs: 1_000, ms: 60 };
const cold = { processes: 8, callers: 1_000, delayMs: 200 };

const wallOf = (slices: readonly Slice[]) => slices.map(({ calls, ms }) => (ms * 1_000) / calls);

type Figures = Map<CachingCaller, Measured<Slice>>;

const roundsOf = (figures: Figures, name: string) => {
  const [, measured] = [...figures].find(([caller]) => caller.name === name) ?? [];
  return measured?.kind === "figures" ? measured.rounds : undefined;
};

/** All clients make hits of one size, in turn. */
async function hits(target: CachingTarget): Promise<Figures> {
  const running = new Map<CachingCaller, Caching>();
  const failed: [CachingCaller, Measured<Slice>][] = [];
  try {
    for (const caller of cachingCallers.filter(({ tiers }) => tiers.includes(target.tier))) {
      try {
        const caching = await startCaching(caller, target);
        running.set(caller, caching);
        await caching.ask({ ms: plan.warmUpMs });
      } catch (error) {
        running.delete(caller);
        failed.push([caller, { kind: "failed", why: error instanceof Error ? error.message : String(error) }]);
      }
    }
    const measured = await interleave([...running.keys()], plan.rounds, (caller) =>
      (running.get(caller) as Caching).ask({ ms: plan.ms }),
    );
    return new Map([...measured, ...failed]);
  } finally {
    for (const caching of running.values()) caching.stop();
  }
}

/** The bound of a figure that meets its goal. */
interface Bounds {
  readonly most?: number;
  readonly least?: number;
  readonly format?: (value: number) => string;
}

/** The goals of a hit: in memory of processor time, which a busy machine changes least; in Redis of wall time. */
function goalsOf(figures: Figures, name: string, { tier, size }: CachingTarget): Goal[] {
  if (name !== ours && name !== oursFrozen) return [];
  const mine = roundsOf(figures, name);
  const theirs = roundsOf(figures, "bare get + JSON.parse");
  const axios = roundsOf(figures, "axios-cache-interceptor");
  const goals: Goal[] = [];
  const add = (target: string, value = Number.NaN, { most, least = 0, format = times }: Bounds) => {
    const compared = { target, measured: Number.isNaN(value) ? "not measured" : format(value), value };
    goals.push(most === undefined ? atLeast(least, compared) : atMost(most, compared));
  };
  const ratio = (of: (slices: readonly Slice[]) => number[], a?: readonly Slice[], b?: readonly Slice[]) =>
    a && b ? pairedRatio(of(a), of(b)).median : undefined;
  if (tier === "redis") {
    add("<= 1.5x a bare GET + JSON.parse", ratio(wallOf, mine, theirs), { most: 1.5 });
    return goals;
  }
  // axios-cache-interceptor returns the same object to all callers: at 50 kB a client that parses one for each cannot be faster.
  if (name === oursFrozen || size < 50_000) {
    add("calls/s >= 3x axios-cache-interceptor", ratio(costsOf, axios, mine), { least: 3 });
  }
  if (size === 200) {
    const extra = mine && theirs && spread(costsOf(mine).map((us, round) => us - (costsOf(theirs)[round] ?? 0))).median;
    add("<= 5 us more than bare", extra, { most: 5, format: (value) => `${figure(value)} us` });
  } else {
    const most = size === 2_000 ? 2 : 1.2;
    add(`<= ${most}x bare`, ratio(costsOf, mine, theirs), { most });
  }
  return goals;
}

async function hitRows(target: CachingTarget): Promise<Row[]> {
  const figures = await hits(target);
  const mine = roundsOf(figures, ours);
  const where = target.tier === "memory" ? "memory" : "Redis";
  return [...figures].map(([caller, measured]): Row => {
    const name = `hit in ${where}, ${target.size / 1_000} kB: ${caller.name}`;
    const goals = goalsOf(figures, caller.name, target);
    if (measured.kind === "failed") {
      return missingRow(
        name,
        goals.map(({ target }) => target),
        { missing: measured.why, broken: true },
      );
    }
    const { rounds } = measured;
    const share = mine ? times(pairedRatio(costsOf(rounds), costsOf(mine)).median) : "";
    return {
      name,
      cells: [withSpread(spread(wallOf(rounds))), withSpread(spread(costsOf(rounds))), share, "", caller.note],
      goals,
    };
  });
}

/** Eight processes request the same response, which is not cached, with a thousand callers each. */
async function coldRow(caller: CachingCaller, redisUrl: string): Promise<Row> {
  const name = `cold key, ${cold.processes} x ${figure(cold.callers)} callers: ${caller.name}`;
  const server = await priceServer(cold.delayMs);
  const running: Caching[] = [];
  const goal = "1 request";
  try {
    const target: CachingTarget = { tier: "cold", baseUrl: server.url, redisUrl, size: 2_000 };
    for (let count = 0; count < cold.processes; count += 1) running.push(await startCaching(caller, target));
    const before = server.count;
    const bursts = await Promise.all(running.map((caching) => caching.ask({ callers: cold.callers })));
    const requests = server.count - before;
    const returned = bursts.reduce((sum, { calls }) => sum + calls, 0);
    const slowest = Math.max(...bursts.map(({ ms }) => ms));
    const text = `${figure(requests)} requests, ${figure(returned)} responses in ${figure(slowest)} ms`;
    const value = returned === cold.processes * cold.callers ? requests : Number.NaN;
    const goals = caller.name === ours ? [atMost(1, { target: goal, measured: text, value })] : [];
    return { name, cells: ["", "", "", text, caller.note], goals };
  } catch (error) {
    return missingRow(name, caller.name === ours ? [goal] : [], {
      missing: error instanceof Error ? error.message : String(error),
      broken: true,
    });
  } finally {
    for (const caching of running) caching.stop();
    server.close();
  }
}

/** What a cache hit costs, and how many requests a cold key makes. */
export const cache: Bench = {
  name: "cache",
  async run() {
    const redis = await privateRedis();
    const redisUrl = `redis://127.0.0.1:${redis.port}`;
    const server = await priceServer(0);
    try {
      const rows: Row[] = [];
      for (const tier of ["memory", "redis"] as const) {
        for (const size of sizes) {
          rows.push(...(await hitRows({ tier, baseUrl: server.url, redisUrl, size })));
        }
      }
      for (const caller of cachingCallers) {
        if (!caller.tiers.includes("cold")) continue;
        await redis.client.flushall();
        rows.push(await coldRow(caller, redisUrl));
      }
      return {
        title: "A cache: hits, and a cold key",
        how: `Cache hits, one call after another, a process for each client, ${plan.rounds} rounds of ${plan.ms} ms in turn after ${plan.warmUpMs} ms to warm up. The ratio is of processor time, against ours. Each of our callers gets an object of its own, parsed for it, so that a change affects no other caller. axios-cache-interceptor returns the same object to all callers, each of which can change it for all: the size of the response costs it nothing, while at 50 kB JSON.parse alone takes longer (the first row of that size). At that size the option \`memory.frozen\` is compared with it, where our callers share one object, too, which is frozen. The goals of memory are of processor time, which a busy machine changes least; those of Redis are of wall time. Cold key: ${cold.processes} processes with ${figure(cold.callers)} callers each request the same response, which takes ${cold.delayMs} ms; each client uses Redis where it can, and shares work as it does by default.`,
        columns: ["us", "CPU us", "of ours", "cold key", "note"],
        rows,
      };
    } finally {
      server.close();
      await redis.close();
    }
  },
};
