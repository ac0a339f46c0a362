import { createRedisLink, type RedisLink, type RedisLinkOptions } from "./redis-link.js";

/** What of a client of the package `ioredis` is used. */
export interface IoredisLike {
  call(command: string, ...args: string[]): Promise<unknown>;
  duplicate(): {
    on(event: string, listener: (...args: string[]) => void): unknown;
    subscribe(channel: string): Promise<unknown>;
    disconnect(): void;
  };
}

/** A client or cluster of the package `ioredis` (5 or 6). Subscriptions get a connection of their own. */
export function ioredis(client: IoredisLike, options?: RedisLinkOptions): RedisLink {
  return createRedisLink(
    {
      send: ([command = "", ...args]) => client.call(command, ...args),
      async subscribe(channel, listener) {
        const own = client.duplicate();
        // Lost connections are its own to mend; without a listener each would be logged.
        own.on("error", () => {});
        own.on("message", (_, message = "") => listener.message(message));
        await own.subscribe(channel);
        // After `ready` it subscribes again by itself; the answer to this one comes behind that.
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
