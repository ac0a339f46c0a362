import { createRedisLink, type RedisLink, type RedisLinkOptions } from "./redis-link.js";

/** What of a client of the package `redis` is used. */
export interface NodeRedisLike {
  sendCommand(command: readonly string[]): Promise<unknown>;
  duplicate(): {
    on(event: "ready" | "error", listener: () => void): unknown;
    connect(): Promise<unknown>;
    subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
    destroy(): void;
  };
}

/**
 * A connected client of the package `redis` (node-redis 5 or 6). Subscriptions get a connection of their own. Its default
 * waits up to 2 s between attempts to reconnect: `socket: { reconnectStrategy: 250 }` is back sooner.
 */
export function nodeRedis(client: NodeRedisLike, options?: RedisLinkOptions): RedisLink {
  return createRedisLink(
    {
      send: (command) => client.sendCommand(command),
      async subscribe(channel, listener) {
        const own = client.duplicate();
        // Lost connections are its own to mend; without a listener they would end the process.
        own.on("error", () => {});
        await own.connect();
        await own.subscribe(channel, (message) => listener.message(message));
        // It subscribes again by itself before it says that it is ready.
        own.on("ready", () => listener.ready());
        listener.ready();
        return async () => own.destroy();
      },
    },
    options,
  );
}
