import type { Limiter } from "../limiters/limiter.ts";
import { oursInProcess, oursOnRedis } from "../limiters/ours.ts";
import { bottleneckInProcess, bottleneckOnRedis, flexibleInProcess, flexibleOnRedis } from "../limiters/peers.ts";
import { privateRedis } from "../limiters/private-redis.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atLeast, atMost } from "../report/goal.ts";
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

/** Medians of one subject. */
interface Measured {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly scripts: number;
  /** Its permits per second over those of another subject of the same place, in the same round. */
  readonly ratioTo: (limiter: Limiter) => number;
}

interface Subject {
  readonly limiter: Limiter;
  readonly goalsOf: (measured: Measured) => readonly Goal[];
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
  const ratio = (index: number, other: Limiter) => {
    const others = measured[subjects.findIndex(({ limiter }) => limiter === other)] ?? [];
    return median(
      (measured[index] ?? []).map((one, count) => one.perSecond / (others[count]?.perSecond ?? Number.NaN)),
    );
  };
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
      goals: goalsOf({ perSecond, perCpuSecond, scripts: sent, ratioTo: (other) => ratio(index, other) }),
    };
  });
}

const perSecondFrom =
  (least: number) =>
  ({ perSecond, perCpuSecond }: Measured): readonly Goal[] => [
    atLeast(least, {
      target: `permits/s >= ${figure(least)}`,
      measured: `${figure(perSecond)}; by processor time ${figure(perCpuSecond)}`,
      value: perSecond,
    }),
  ];
const trips = (most: number, { scripts }: Measured): Goal =>
  atMost(most, { target: `trips per permit <= ${most}`, measured: scripts.toFixed(4), value: scripts });
/** A part of another subject's permits per second, in the same rounds. */
const ofOther = (least: number, other: Limiter, { ratioTo }: Measured): Goal => {
  const value = ratioTo(other);
  return atLeast(least, { target: `permits/s >= ${least}x ${other.name}`, measured: times(value), value });
};
const noGoals = () => [];

/** How many permits per second a limiter gives when no limit is reached. */
export const rateLimit: Bench = {
  name: "rate-limit",
  async run() {
    const alone = await rowsOf(
      "in process",
      [
        { limiter: await oursInProcess(), goalsOf: perSecondFrom(500_000) },
        { limiter: bottleneckInProcess(), goalsOf: noGoals },
        { limiter: flexibleInProcess(), goalsOf: noGoals },
      ],
      async () => 0,
    );
    const redis = await privateRedis();
    const one = await oursOnRedis(redis.client, 1);
    const flexible = flexibleOnRedis(redis.client);
    const shared = [
      {
        limiter: await oursOnRedis(redis.client, 200),
        goalsOf: (measured) => [
          ...perSecondFrom(20_000)(measured),
          trips(1, measured),
          ofOther(0.8, one, measured),
          ofOther(1, flexible, measured),
        ],
      },
      { limiter: one, goalsOf: (measured) => [...perSecondFrom(20_000)(measured), trips(1, measured)] },
      {
        limiter: await oursOnRedis(redis.client, 1, 50),
        goalsOf: (measured) => [...perSecondFrom(20_000)(measured), trips(0.1, measured)],
      },
      { limiter: await bottleneckOnRedis(redis.port), goalsOf: noGoals },
      { limiter: flexible, goalsOf: noGoals },
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
