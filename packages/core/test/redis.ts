import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type RedisServer, type RedisServerOptions, redisServer } from "@connectry/testing";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { onTestFinished } from "vitest";
import {
  ioredis,
  nodeRedis,
  type RedisConnection,
  type RedisConnectionOptions,
  type UpstashOptions,
  upstash,
} from "../src/redis/index.js";

/** A private redis-server of one test. */
export async function startRedis(options?: RedisServerOptions): Promise<RedisServer> {
  const server = await redisServer(options);
  onTestFinished(() => server.close());
  return server;
}

// On a busy machine Redis may need more than the default of 40 ms to get its turn.
const longTimeouts: RedisConnectionOptions = { timeoutMs: 1_000 };

/** A connection by node-redis, closed at the end of the test. */
export async function nodeRedisConnection(
  { url }: RedisServer,
  options?: RedisConnectionOptions,
): Promise<RedisConnection> {
  const client = createClient({ url, socket: { reconnectStrategy: 100 } });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  return nodeRedis(client, { ...longTimeouts, ...options });
}

/** A connection by ioredis, closed at the end of the test. */
export async function ioredisConnection(
  { url }: RedisServer,
  options?: RedisConnectionOptions,
): Promise<RedisConnection> {
  const client = new Redis(url, { retryStrategy: () => 100 });
  client.on("error", () => {});
  onTestFinished(() => client.disconnect());
  return ioredis(client, { ...longTimeouts, ...options });
}

/** An HTTP server that does in front of the test's Redis what Upstash does in front of its own. */
export async function upstashFront(server: RedisServer): Promise<UpstashOptions> {
  const behind = new Redis(server.url, { retryStrategy: () => 100, maxRetriesPerRequest: 1 });
  behind.on("error", () => {});
  const http = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as string[] | string[][];
    const run = ([command = "", ...args]: readonly string[]) =>
      behind.call(command, ...args).then(
        (result) => ({ result }),
        (error: Error) => ({ error: error.message }),
      );
    const isRejected = request.headers.authorization !== "Bearer upstash-token";
    const isPipeline = request.url === "/pipeline";
    const reply = isRejected
      ? { error: "WRONGPASS invalid or missing auth token" }
      : await (isPipeline ? Promise.all((body as string[][]).map(run)) : run(body as string[]));
    response.writeHead(isRejected ? 401 : 200, { "content-type": "application/json" }).end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    behind.disconnect();
    http.close();
    http.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    token: "upstash-token",
    ...longTimeouts,
  };
}

/** A connection over HTTP. */
export async function upstashConnection(
  server: RedisServer,
  options?: RedisConnectionOptions,
): Promise<RedisConnection> {
  return upstash({ ...(await upstashFront(server)), ...options });
}
