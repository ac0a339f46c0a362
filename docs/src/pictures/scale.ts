// The plots of the page about scale, from what `pnpm bench:scale` simulated: benchmarks/SCALE.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../repository.ts";
import { type Axis, plot } from "./plot.ts";

interface CallsPoint {
  readonly processes: number;
  readonly leaseSize: number;
  readonly tenants: number;
  readonly utilization: number;
  readonly worstWindow: number;
  readonly fairness: number;
  readonly operationsPerCall: number;
  readonly redisBusy: number;
  readonly keyBytes: number;
  readonly p99Ms: number;
}

/** What the simulation wrote, as far as the plots show it. */
export interface ScaleData {
  readonly sharedQuota: readonly CallsPoint[];
  readonly leases: readonly CallsPoint[];
  readonly manyTenants: readonly CallsPoint[];
  readonly oneRedis: readonly (CallsPoint & { readonly callsPerSecond: number })[];
}

/** Reads it. */
export const readScale = (): ScaleData =>
  JSON.parse(readFileSync(join(root, "benchmarks/SCALE.json"), "utf8")) as ScaleData;

const percent = (part: number) => `${Math.round(part * 100)} %`;
const processes: Axis = {
  title: "processes that share one quota of 1,000 calls a second",
  marks: [1, 10, 100, 1_000, 10_000],
  isLogarithmic: true,
};

/** The plots, by the name of their file. */
export function scalePictures({ sharedQuota, leases, manyTenants, oneRedis }: ScaleData = readScale()) {
  const byProcesses = (read: (point: CallsPoint) => number) =>
    sharedQuota.map((point) => [point.processes, read(point)] as const);
  const groups = [...new Set(leases.map((point) => point.processes))];
  return {
    "scale-quota.svg": plot(
      "What many processes use of one quota, and how evenly",
      { x: processes, y: { title: "part of the quota", marks: [0, 0.25, 0.5, 0.75, 1, 1.25], format: percent } },
      [
        { name: "used", points: byProcesses((point) => point.utilization) },
        { name: "the worst second", points: byProcesses((point) => point.worstWindow) },
        { name: "fairness (Jain)", points: byProcesses((point) => point.fairness) },
      ],
    ),
    "scale-leases.svg": plot(
      "Redis commands for a call, by the size of leases",
      {
        x: { title: "leaseSize", marks: [1, 5, 20, 50], isLogarithmic: true },
        y: { title: "commands for each call", marks: [0, 0.25, 0.5, 0.75, 1, 1.25] },
      },
      groups.map((count) => ({
        name: `${count} processes`,
        points: leases
          .filter((point) => point.processes === count)
          .map((point) => [point.leaseSize, point.operationsPerCall] as const),
      })),
    ),
    "scale-redis.svg": plot(
      "How busy one Redis is, by the calls that ask it for a permit",
      {
        x: { title: "calls a second, one permit each", marks: [0, 5_000, 10_000, 15_000, 20_000, 25_000] },
        y: { title: "part of its processor", marks: [0, 0.25, 0.5, 0.75, 1, 1.25], format: percent },
      },
      [{ name: "leaseSize 1", points: oneRedis.map((point) => [point.callsPerSecond, point.redisBusy] as const) }],
    ),
    "scale-tenants.svg": plot(
      "What Redis holds, by the number of tenants",
      {
        x: { title: "tenants, called by Zipf's law", marks: [100, 1_000, 10_000, 100_000], isLogarithmic: true },
        y: {
          title: "names and values of the keys",
          marks: [10_000, 100_000, 1_000_000],
          isLogarithmic: true,
          format: (bytes) => `${bytes / 1_000} kB`,
        },
      },
      [{ name: "100 processes", points: manyTenants.map((point) => [point.tenants, point.keyBytes] as const) }],
    ),
  };
}
