import type { FailedQueueLike } from "./dead-letters.js";

/** A queue of BullMQ that is open. */
export interface OpenQueue extends FailedQueueLike {
  close(): Promise<unknown>;
}

/** Opens a queue with the user's BullMQ. Rejects where BullMQ is not installed, Redis cannot be reached, or no queue has the name. */
export async function openQueue(name: string, redisUrl: string, prefix: string | undefined): Promise<OpenQueue> {
  const bullmq = await import("bullmq").catch((cause) => {
    throw new Error("@connectry/bullmq needs BullMQ, which is not installed: npm install bullmq ioredis", { cause });
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
  // Without `skipMetasUpdate` this would create the queue.
  const options = { connection, skipMetasUpdate: true, ...(prefix === undefined ? {} : { prefix }) };
  const queue = new bullmq.Queue(name, options);
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
  // The version is stored when a queue is created, unless its program skips that. Then its jobs show it.
  const counts = (await queue.getVersion()) === null ? await queue.getJobCounts() : undefined;
  if (counts !== undefined && Object.values(counts).every((count) => count === 0)) {
    await queue.close();
    const location = `the prefix "${prefix ?? "bull"}" in Redis at ${hostname}:${connection.port}`;
    throw new Error(`there is no queue "${name}" with ${location}: check --queue, --prefix and --redis`);
  }
  return {
    getFailed: (start, end) => queue.getFailed(start, end),
    close: () => queue.close(),
  };
}
