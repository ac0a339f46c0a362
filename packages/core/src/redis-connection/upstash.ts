import { ConfigurationError } from "../errors/connectry-error.js";
import { createRedisConnection, type RedisConnection, type RedisConnectionOptions } from "./redis-connection.js";

/** How a Redis is reached over HTTP. */
export interface UpstashOptions extends RedisConnectionOptions {
  /** `https://eu1-example-12345.upstash.io`. */
  readonly url: string;
  readonly token: string;
  /** @default the platform's fetch */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * The connection of a Redis over HTTP, for platforms without sockets: one POST for each command, as Upstash's REST API expects
 * (https://upstash.com/docs/redis/features/restapi). It cannot subscribe, and has 400 ms instead of 40 to reply.
 */
export function upstash({ url, token, fetch, ...options }: UpstashOptions): RedisConnection {
  if (!URL.canParse(url) || token === "") throw new ConfigurationError("upstash: `url` and `token` are both required.");
  return createRedisConnection(
    {
      async send(command) {
        const response = await (fetch ?? globalThis.fetch)(url, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify(command),
          redirect: "error",
        });
        const { result, error } = (await response.json()) as { result?: unknown; error?: string };
        if (error !== undefined || result === undefined)
          throw new Error(error ?? `unexpected response of Upstash (status ${response.status})`);
        return result;
      },
    },
    { timeoutMs: 400, ...options },
  );
}
