import { createRedisConnection, type RedisConnection, type RedisConnectionOptions } from "./redis-connection.js";

/** The part of a client of the package `ioredis` that is used. */
export interface IoredisLike {
  call(command: string, ...args: string[]): Promise<unknown>;
  duplicate(): {
    on(event: string, listener: (...args: string[]) => void): unknown;
    subscribe(channel: string): Promise<unknown>;
    disconnect(): void;
  };
}

/** The connection of a client or cluster of the package `ioredis` (5 or 6). Subscriptions use a connection of their own. */
export function ioredis(client: IoredisLike, options?: RedisConnectionOptions): RedisConnection {
  return createRedisConnection(
    {
      send: ([command = "", ...args]) => client.call(command, ...args),
      async subscribe(channel, listener) {
        const own = client.duplicate();
        // The client reconnects by itself; without a listener each lost connection would be logged.
        own.on("error", () => {});
        own.on("message", (_, message = "") => listener.message(message));
        await own.subscribe(channel);
        // After `ready` the client subscribes again by itself; the reply to this subscription arrives after that one.
        own.on("ready", () => {
          own.subscribe(channel).then(
            () => listener.ready(),
            () => {},
          );
        });
        listener.ready();
        return async () => own.disconnect();
      },
    },
    options,
  );
}
