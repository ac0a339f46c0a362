import { createRedisConnection, type RedisConnection, type RedisConnectionOptions } from "./redis-connection.js";

/** The part of a client of the package `redis` that is used. */
export interface NodeRedisLike {
  /** Whether the client is connected. */
  readonly isReady?: boolean;
  sendCommand(command: readonly string[], options?: { readonly timeout?: never }): Promise<unknown>;
  duplicate(): {
    on(event: "ready" | "error", listener: () => void): unknown;
    connect(): Promise<unknown>;
    subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
    destroy(): void;
  };
}

// The package's own timeout for commands that wait to be sent creates an AbortSignal and a timer for each, which outlive the
// command. The connection has a timeout of its own, and lets no command wait.
const unlimited = { timeout: undefined };

/**
 * The connection of a connected client of the package `redis` (node-redis 5 or 6). Subscriptions use a connection of their own.
 * By default the client waits up to 2 s between attempts to reconnect: `socket: { reconnectStrategy: 250 }` is back sooner.
 */
export function nodeRedis(client: NodeRedisLike, options?: RedisConnectionOptions): RedisConnection {
  return createRedisConnection(
    {
      send: (command) =>
        // The client would keep the command until it is connected again, when nobody needs the reply any longer.
        client.isReady === false
          ? Promise.reject(new Error("the client is not connected"))
          : client.sendCommand(command, unlimited),
      async subscribe(channel, listener) {
        const own = client.duplicate();
        // The client reconnects by itself; without a listener a lost connection would end the process.
        own.on("error", () => {});
        await own.connect();
        await own.subscribe(channel, (message) => listener.message(message));
        // The client subscribes again by itself before it emits `ready`.
        own.on("ready", () => listener.ready());
        listener.ready();
        return async () => own.destroy();
      },
    },
    options,
  );
}
