import { firstKeyOf, keySlot } from "./key-slot.js";
import { createRedisConnection, type RedisConnection, type RedisConnectionOptions } from "./redis-connection.js";

type Command = readonly string[];

/** A connection that only receives messages. */
interface NodeRedisSubscriber {
  on(event: string, listener: () => void): unknown;
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  destroy(): void;
}

/** The part of a client of the package `redis` that is used. */
export interface NodeRedisLike {
  /** Whether the client is connected. */
  readonly isReady?: boolean;
  sendCommand(command: readonly string[], options?: { readonly timeout?: never }): Promise<unknown>;
  duplicate(): NodeRedisSubscriber;
}

/** The part of a cluster of the package `redis` that is used. */
export interface NodeRedisClusterLike {
  /** The nodes of each slot. */
  readonly slots: readonly ({ readonly master: { readonly address: string } } | undefined)[];
  sendCommand(
    firstKey: string | undefined,
    isReadonly: boolean | undefined,
    command: string[],
    options?: { readonly timeout?: never },
  ): Promise<unknown>;
  duplicate(): NodeRedisSubscriber;
}

// The package's own timeout for commands that wait to be sent creates an AbortSignal and a timer for each, which outlive the
// command. The connection has a timeout of its own, and lets no command wait.
const unlimited = { timeout: undefined };

const isClusterOf = (client: NodeRedisLike | NodeRedisClusterLike): client is NodeRedisClusterLike => "slots" in client;

/**
 * The connection of a connected client or cluster of the package `redis` (node-redis 5 or 6), which writes the commands of one tick
 * together, to each node its own. Subscriptions use a connection of their own. By default the client waits up to 2 s between
 * attempts to reconnect: `socket: { reconnectStrategy: 250 }` is back sooner.
 */
export function nodeRedis(
  client: NodeRedisLike | NodeRedisClusterLike,
  options?: RedisConnectionOptions,
): RedisConnection {
  const isCluster = isClusterOf(client);
  const send = (command: Command) => {
    if (isClusterOf(client)) return client.sendCommand(firstKeyOf(command), false, [...command], unlimited);
    // The client would keep the command until it is connected again, when nobody needs the reply any longer.
    return client.isReady === false
      ? Promise.reject(new Error("the client is not connected"))
      : client.sendCommand(command, unlimited);
  };
  return createRedisConnection(
    {
      send,
      isCluster,
      ...(isClusterOf(client) && { nodeOf: (key: string) => client.slots[keySlot(key)]?.master.address }),
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
