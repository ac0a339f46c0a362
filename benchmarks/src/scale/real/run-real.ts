import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Redis } from "ioredis";
import { privateRedis } from "../../limiters/private-redis.ts";
import type { RedisTraffic } from "../redis/simulated-redis.ts";
import type { CallsWorkload } from "../workloads/calls.ts";
import type { WorkerRun, WorkerStart } from "./calls.worker.ts";

/** What real processes did, and what Redis says of it. */
export interface RealCalls {
  readonly runs: readonly WorkerRun[];
  readonly traffic: Pick<RedisTraffic, "commands" | "bytesIn" | "bytesOut">;
}

const worker = fileURLToPath(new URL("./calls.worker.ts", import.meta.url));

async function counts(client: Redis) {
  const text = `${await client.info("stats")}\n${await client.info("commandstats")}`;
  const sum = (pattern: RegExp) => [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    commands: sum(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm),
    bytesIn: sum(/^total_net_input_bytes:(\d+)/gm),
    bytesOut: sum(/^total_net_output_bytes:(\d+)/gm),
  };
}

/** Runs a workload in processes of its own on a Redis of its own. */
export async function runReal(workload: CallsWorkload, coreFile: string): Promise<RealCalls> {
  const redis = await privateRedis();
  const children: ChildProcess[] = [];
  try {
    for (let index = 0; index < workload.processes; index += 1) {
      const start: WorkerStart = { coreFile, port: redis.port, workload, seed: index + 1 };
      const child = fork(worker, [JSON.stringify(start)], { serialization: "advanced" });
      children.push(child);
      await once(child, "message");
    }
    const before = await counts(redis.client);
    const runs = await Promise.all(
      children.map(async (child) => {
        child.send("run");
        const [run] = (await once(child, "message")) as [WorkerRun];
        return run;
      }),
    );
    const after = await counts(redis.client);
    return {
      runs,
      traffic: {
        commands: after.commands - before.commands,
        bytesIn: after.bytesIn - before.bytesIn,
        bytesOut: after.bytesOut - before.bytesOut,
      },
    };
  } finally {
    for (const child of children) child.kill();
    await redis.close();
  }
}
