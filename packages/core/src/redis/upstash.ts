import { ConfigurationError } from "../errors/configuration-error.js";
import { createRedisLink, type RedisLink, type RedisLinkOptions } from "./redis-link.js";

/** Where a Redis is reached over HTTP. */
export interface UpstashOptions extends RedisLinkOptions {
  /** `https://eu1-example-12345.upstash.io`. */
  readonly url: string;
  readonly token: string;
  /** @default the platform's fetch */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Redis over HTTP, for platforms without sockets: one POST for each command, in the form of Upstash's REST API
 * (https://upstash.com/docs/redis/features/restapi). It cannot subscribe, and is given 400 ms instead of 40 to answer.
 */
export function upstash({ url, token, fetch, ...options }: UpstashOptions): RedisLink {
  if (!URL.canParse(url) || token === "") throw new ConfigurationError("upstash: `url` and `token` are both needed.");
  return createRedisLink(
    {
      async send(command) {
        const response = await (fetch ?? globalThis.fetch)(url, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify(command),
          redirect: "error",
        });
        const { result, error } = (await response.json()) as { result?: unknown; error?: string };
        if (error !== undefined || result === undefined) throw new Error(error ?? `Redis answered ${response.status}.`);
        return result;
      },
    },
    { timeoutMs: 400, ...options },
  );
}
