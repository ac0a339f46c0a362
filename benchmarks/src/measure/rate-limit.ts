import type { Limiter } from "../limiters/limiter.ts";
import { oursInProcess, oursOnRedis } from "../limiters/ours.ts";
import { bottleneckInProcess, bottleneckOnRedis, flexibleInProcess, flexibleOnRedis } from "../limiters/peers.ts";
import { privateRedis } from "../limiters/private-redis.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { median, spread } from "../report/median.ts";
import type { Bench, Goal, Row } from "../report/section.ts";

const rounds = 7;
const roundMs = 400;
const warmUpMs = 500;

interface Round {
  readonly perSecond: number;
  /** Of processor time of this process. */
  readonly perCpuSecond: number;
  readonly scripts: number;
}

interface Subject {
  readonly limiter: Limiter;
  readonly goalsOf: (perSecond: number, perCpuSecond: number, scripts: number) => readonly Goal[];
}

async function round(limiter: Limiter, scripts: () => Promise<number>): Promise<Round> {
  const before = await scripts();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const count = await limiter.take(roundMs);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: count / seconds,
    perCpuSecond: count / ((user + system) / 1_000_000),
    scripts: ((await scripts()) - before) / count,
  };
}

/** Measures the subjects in turn, round by round, and returns their rows. */
async function rowsOf(where: string, subjects: readonly Subject[], scripts: () => Promise<number>): Promise<Row[]> {
  for (const { limiter } of subjects) await limiter.take(warmUpMs);
  const measured = subjects.map((): Round[] => []);
  for (let count = 0; count < rounds; count += 1) {
    for (const [index, { limiter }] of subjects.entries()) measured[index]?.push(await round(limiter, scripts));
  }
  const middle = (index: number, pick: (one: Round) => number) => median((measured[index] ?? []).map(pick));
  return subjects.map(({ limiter, goalsOf }, index) => {
    const perSecond = middle(index, (one) => one.perSecond);
    const perCpuSecond = middle(index, (one) => one.perCpuSecond);
    const sent = middle(index, (one) => one.scripts);
    return {
      name: `${limiter.name}, ${where}`,
      cells: [
        withSpread(spread((measured[index] ?? []).map((one) => one.perSecond))),
        times(perSecond / middle(0, (one) => one.perSecond)),
        figure(perCpuSecond),
        where === "in process" ? "" : sent.toFixed(4),
        limiter.how,
      ],
      goals: goalsOf(perSecond, perCpuSecond, sent),
    };
  });
}

const atLeast = (target: number) => (perSecond: number, perCpuSecond: number) => [
  {
    target: `permits/s >= ${figure(target)}`,
    measured: `${figure(perSecond)}; by processor time ${figure(perCpuSecond)}`,
    met: perSecond >= target,
  },
];
const trips = (most: number, scripts: number): Goal => ({
  target: `trips per permit <= ${most}`,
  measured: scripts.toFixed(4),
  met: scripts <= most,
});
const noGoals = () => [];

/** How many permits per second a limiter gives when no limit is reached. */
export const rateLimit: Bench = {
  name: "rate-limit",
  async run() {
    const alone = await rowsOf(
      "in process",
      [
        { limiter: await oursInProcess(), goalsOf: atLeast(500_000) },
        { limiter: bottleneckInProcess(), goalsOf: noGoals },
        { limiter: flexibleInProcess(), goalsOf: noGoals },
      ],
      async () => 0,
    );
    const redis = await privateRedis();
    const shared = [
      {
        limiter: await oursOnRedis(redis.client, 200),
        goalsOf: (rate, cpu, sent) => [...atLeast(20_000)(rate, cpu), trips(1, sent)],
      },
      {
        limiter: await oursOnRedis(redis.client, 1),
        goalsOf: (rate, cpu, sent) => [...atLeast(20_000)(rate, cpu), trips(1, sent)],
      },
      {
        limiter: await oursOnRedis(redis.client, 1, 50),
        goalsOf: (rate, cpu, sent) => [...atLeast(20_000)(rate, cpu), trips(0.1, sent)],
      },
      { limiter: await bottleneckOnRedis(redis.port), goalsOf: noGoals },
      { limiter: flexibleOnRedis(redis.client), goalsOf: noGoals },
    ] satisfies Subject[];
    try {
      const rows = await rowsOf("Redis", shared, redis.scripts);
      return {
        title: "Rate limits: permits per second",
        how: `Limits that are never reached, so that the cost of a request for a permit is measured; ${rounds} rounds of ${roundMs} ms in turn. Redis is a redis-server of this machine, reached by one ioredis client with automatic pipelining; trips are the scripts that the server counted. Ratios are against the first row of the same place.`,
        columns: ["permits/s", "of ours", "per CPU second", "trips per permit", "how"],
        rows: [...alone, ...rows],
      };
    } finally {
      for (const { limiter } of shared) await limiter.close?.();
      await redis.close();
    }
  },
};
