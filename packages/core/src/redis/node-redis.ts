import { createRedisLink, type RedisLink, type RedisLinkOptions } from "./redis-link.js";

/** What of a client of the package `redis` is used. */
export interface NodeRedisLike {
  /** Whether it is connected, where it says so. */
  readonly isReady?: boolean;
  sendCommand(command: readonly string[], options?: { readonly timeout?: undefined }): Promise<unknown>;
  duplicate(): {
    on(event: "ready" | "error", listener: () => void): unknown;
    connect(): Promise<unknown>;
    subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
    destroy(): void;
  };
}

// The package's own limit, of commands that wait to be sent, makes an AbortSignal and a timer for each, which outlive
// it. A link has a limit of its own, and lets none wait.
const unlimited = { timeout: undefined };

/**
 * A connected client of the package `redis` (node-redis 5 or 6). Subscriptions get a connection of their own. Its default
 * waits up to 2 s between attempts to reconnect: `socket: { reconnectStrategy: 250 }` is back sooner.
 */
export function nodeRedis(client: NodeRedisLike, options?: RedisLinkOptions): RedisLink {
  return createRedisLink(
    {
      send: (command) =>
        // It would keep the command until it is connected again, when nobody wants the answer any longer.
        client.isReady === false
          ? Promise.reject(new Error("its client is not connected"))
          : client.sendCommand(command, unlimited),
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
