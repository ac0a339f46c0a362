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

/** What Upstash replies to one command. */
interface UpstashReply {
  readonly result?: unknown;
  readonly error?: string;
}

/**
 * The connection of a Redis over HTTP, for platforms without sockets: one POST for each command, or for all commands of one tick
 * to `/pipeline`, as Upstash's REST API expects (https://upstash.com/docs/redis/features/restapi). It cannot subscribe, and has
 * 400 ms instead of 40 to reply.
 */
export function upstash({ url, token, fetch, ...options }: UpstashOptions): RedisConnection {
  if (!URL.canParse(url) || token === "") throw new ConfigurationError("upstash: `url` and `token` are both required.");
  const post = async (address: string, body: unknown) => {
    const response = await (fetch ?? globalThis.fetch)(address, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
    });
    return { reply: (await response.json()) as unknown, status: response.status };
  };
  const read = (reply: UpstashReply | undefined, status: number) => {
    const { result, error } = reply ?? {};
    if (error !== undefined || result === undefined)
      throw new Error(error ?? `unexpected response of Upstash (status ${status})`);
    return result;
  };
  const send = async (command: readonly string[]) => {
    const { reply, status } = await post(url, command);
    return read(reply as UpstashReply, status);
  };
  return createRedisConnection(
    {
      send,
      sendAll(commands) {
        const [command] = commands;
        if (command && commands.length === 1) return [send(command)];
        const sent = post(`${url.replace(/\/$/, "")}/pipeline`, commands);
        return commands.map(async (_, index) => {
          const { reply, status } = await sent;
          // A request that is rejected as a whole has one error.
          return read(Array.isArray(reply) ? (reply as UpstashReply[])[index] : (reply as UpstashReply), status);
        });
      },
    },
    { timeoutMs: 400, ...options },
  );
}
