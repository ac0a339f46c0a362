import { readFileSync } from "node:fs";
import type { RedisTimes } from "./simulated-redis.ts";

/** What was measured of a real Redis on this kind of machine; `pnpm bench scale --measure` writes it. */
export interface MeasuredTimes {
  readonly machine: string;
  readonly redis: string;
  readonly samples: number;
  /** Round trips of a PING in milliseconds, in the quietest of several rounds: below each value are so many of them, by `quantileParts`. */
  readonly roundTripMs: readonly number[];
  /** Microseconds of the processor of Redis for a command, and for each run of the script of permits in it. */
  readonly commandUs: number;
  readonly runUs: number;
  /** What Redis takes in memory for a tenant: with its limit alone, and for each process that is present. */
  readonly bytesPerTenant: number;
  readonly bytesPerPresence: number;
}

/**
 * Below which part of the round trips each value is: every hundredth, and the rarest in more detail. The slowest of 2,000 is left out: it
 * says how long the machine of the measurement did something else.
 */
export const quantileParts: readonly number[] = [
  ...Array.from({ length: 100 }, (_, index) => index / 100),
  ...Array.from({ length: 9 }, (_, index) => 0.991 + index / 1_000),
  0.9995,
];

/** The file of the measurement. */
export const timesFile = new URL("./times.json", import.meta.url);

/** Reads the measurement. */
export const readTimes = (): MeasuredTimes => JSON.parse(readFileSync(timesFile, "utf8")) as MeasuredTimes;

/** Times that are drawn from a measurement; `addedMs` is how much longer a round trip is than on one machine. */
export function timesOf({ roundTripMs, commandUs, runUs }: MeasuredTimes, addedMs = 0): RedisTimes {
  return {
    commandUs,
    runUs,
    roundTripMs(random) {
      const part = random() * (quantileParts.at(-1) ?? 1);
      const next = part < 0.99 ? Math.floor(part * 100) + 1 : quantileParts.findIndex((one) => one > part);
      const [from = 0, to = 1] = quantileParts.slice(next - 1, next + 1);
      const [least = 0, most = least] = roundTripMs.slice(next - 1, next + 1);
      return addedMs + least + ((part - from) / (to - from)) * (most - least);
    },
  };
}
