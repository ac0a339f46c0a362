import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { Redis } from "ioredis";

/** A redis-server for this benchmark only. */
export interface PrivateRedis {
  readonly port: number;
  readonly client: Redis;
  /** How many scripts it has run so far. */
  scripts(): Promise<number>;
  close(): Promise<void>;
}

/** Starts one on a free port, without persistence. */
export async function privateRedis(): Promise<PrivateRedis> {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child: ChildProcess = spawn("redis-server", args, { stdio: ["ignore", "ignore", "inherit"] });
  await once(child, "spawn");
  const client = new Redis(port, "127.0.0.1", { retryStrategy: () => 50, enableAutoPipelining: true });
  client.on("error", () => {});
  await client.ping();
  return {
    port,
    client,
    async scripts() {
      const stats = await client.info("commandstats");
      const calls = [...stats.matchAll(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm)].map(([, count]) => Number(count));
      return calls.reduce((sum, count) => sum + count, 0);
    },
    async close() {
      client.disconnect();
      child.kill();
      await once(child, "exit");
    },
  };
}
