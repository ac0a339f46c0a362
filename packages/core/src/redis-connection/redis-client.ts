/** Receives what is published on a channel. */
export interface ChannelListener {
  message(text: string): void;
  /** The subscription is established: at first, and again after each lost connection, when messages may have been missed. */
  ready(): void;
}

/**
 * All that is asked of a Redis client. `nodeRedis`, `ioredis` and `upstash` wrap those that programs have already; for
 * any other the same few lines go into `createRedisConnection`.
 */
export interface RedisClient {
  /** Sends one command and resolves to its reply as text, integers, null and arrays of these. Rejects with Redis' error. */
  send(command: readonly string[]): Promise<unknown>;
  /**
   * Sends several commands in one round trip, over a cluster in one to each node, and returns a promise for each, in their order.
   * @default each is sent by `send`, for a client that writes the commands of one tick together
   */
  readonly sendAll?: (commands: readonly (readonly string[])[]) => readonly Promise<unknown>[];
  /** Whether keys are on several nodes, so that a script takes only keys of one hash slot. @default Redis says so by CROSSSLOT */
  readonly isCluster?: boolean;
  /**
   * The name of the node that has a key, of a cluster: one that does not reply counts as unavailable by itself. Undefined where it is
   * not known yet. @default all keys are on one node
   */
  readonly nodeOf?: (key: string) => string | undefined;
  /** Listens on a channel until the returned function is called. Absent where the client cannot, as over HTTP. */
  readonly subscribe?: (channel: string, listener: ChannelListener) => Promise<() => Promise<void>>;
}
