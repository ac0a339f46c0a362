import type { OpenQueue } from "./replay-command.js";

/** Opens a queue with the user's BullMQ. Rejects where BullMQ is not installed or Redis cannot be reached. */
export async function openQueue(name: string, redisUrl: string, prefix: string | undefined): Promise<OpenQueue> {
  const bullmq = await import("bullmq").catch(() => {
    throw new Error("BullMQ is not installed: run npm i bullmq ioredis");
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
    // Without Redis the command ends with an error, while a server would wait.
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
    throw new Error(`Redis at ${hostname}:${connection.port} cannot be reached: ${failure || "no connection"}`);
  }
  return {
    getFailed: (start, end) => queue.getFailed(start, end),
    close: () => queue.close(),
  };
}
