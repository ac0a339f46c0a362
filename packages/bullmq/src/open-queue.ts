import type { OpenQueue } from "./replay-command.js";

/** Opens a queue with BullMQ, which the user has installed. Rejects where Redis is not there. */
export async function openQueue(name: string, redisUrl: string, prefix: string | undefined): Promise<OpenQueue> {
  const bullmq = await import("bullmq").catch(() => {
    throw new Error("This command needs BullMQ: npm i bullmq ioredis.");
  });
  const { hostname, port, username, password, pathname, protocol } = new URL(redisUrl);
  const connection = {
    host: hostname,
    port: Number(port || 6_379),
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
    ...(protocol === "rediss:" ? { tls: {} } : {}),
    connectTimeout: 5_000,
    // A command says so and ends, where a server would wait for Redis.
    retryStrategy: () => null,
  };
  const queue = new bullmq.Queue(name, { connection, ...(prefix === undefined ? {} : { prefix }) });
  let failure = "";
  queue.on("error", ({ message }) => {
    failure ||= message;
  });
  try {
    await queue.waitUntilReady();
  } catch {
    await queue.disconnect().catch(() => {});
    throw new Error(`Redis at ${hostname}:${connection.port} cannot be reached: ${failure || "no connection"}.`);
  }
  return {
    getFailed: (start, end) => queue.getFailed(start, end),
    close: () => queue.close(),
  };
}
