import { spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";

/** A redis-server of a bench's own, without a disk. */
export interface PrivateRedis {
  readonly url: string;
  /** Itself, with nothing in it. */
  emptied(): Promise<PrivateRedis>;
  stop(): void;
}

/** Starts one on a free port; the program `redis-server` must be on the PATH. */
export async function privateRedis(): Promise<PrivateRedis> {
  const finder = createServer();
  await new Promise<void>((resolve) => finder.listen(0, "127.0.0.1", resolve));
  const { port } = finder.address() as AddressInfo;
  await new Promise((resolve) => finder.close(resolve));
  const child = spawn("redis-server", ["--port", `${port}`, "--bind", "127.0.0.1", "--save", ""], { stdio: "ignore" });
  let failure: Error | undefined;
  child.on("error", (error) => {
    failure = error;
  });
  const url = `redis://127.0.0.1:${port}`;
  const redis: PrivateRedis = {
    url,
    async emptied() {
      const client = await createClient({ url }).connect();
      await client.flushAll();
      client.destroy();
      return redis;
    },
    stop: () => void child.kill("SIGKILL"),
  };
  for (let tries = 0; tries < 100 && !failure; tries += 1) {
    try {
      const client = createClient({ url, socket: { reconnectStrategy: false } });
      client.on("error", () => {});
      await client.connect();
      client.destroy();
      return redis;
    } catch {
      await sleep(50);
    }
  }
  redis.stop();
  throw new Error(`redis-server could not be started: ${failure?.message ?? "it did not answer"}.`);
}
