import { type Clock, systemClock } from "../platform/clock.js";
import { firstKeyOf } from "./key-slot.js";
import { createNodeAvailability } from "./node-availability.js";
import type { ChannelListener, RedisClient } from "./redis-client.js";
import type { RedisScript } from "./redis-script.js";
import { RedisUnavailableError } from "./redis-unavailable-error.js";
import { createDispatcher, isCrossSlot, isUnknownScript } from "./request-dispatcher.js";

/** How long Redis may take to reply, and how soon it is tried again. */
export interface RedisConnectionOptions {
  /** How long one command may take, in milliseconds. @default 40 */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds between attempts to reach an unavailable Redis; they do not delay any call. @default 100 */
  readonly probeMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * A Redis that may become unavailable: the first command that notices it waits `timeoutMs`, all others fail at once until it is back.
 * A node of a cluster becomes unavailable by itself.
 * The commands of one turn of the event loop are sent together, in one round trip, over a cluster in one to each node; the runs
 * of one script among them are one command, over a cluster one for each hash slot.
 */
export interface RedisConnection {
  /** Whether Redis replied to the last command; of a cluster, whether each node did. */
  readonly isUp: boolean;
  /** Sends one command; rejects with RedisUnavailableError, at once while Redis is unavailable. */
  send(command: readonly string[]): Promise<unknown>;
  /**
   * Runs a script on these keys: by its hash, or by its source where Redis does not know it (any longer). Rejects with
   * RedisUnavailableError, also where the script failed.
   */
  run(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** The same client with another time limit for commands, for what must not fail because Redis is slow for a moment. */
  withTimeout(timeoutMs: number): RedisConnection;
  /** Listens on a channel until the returned function is called. Undefined where the client cannot, as over HTTP. */
  readonly subscribe: ((channel: string, listener: ChannelListener) => Promise<() => Promise<void>>) | undefined;
}

const unavailable = (reason?: string) =>
  new RedisUnavailableError(`Redis is unavailable${reason === undefined ? "" : `: ${reason}`}.`);

// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#multi-keys-operations, and #slot-migration
const isOfSlot = /^(TRYAGAIN|CLUSTERDOWN|MOVED|ASK)\b/;

/** A command without a reply. */
interface WaitingCommand {
  readonly key: string | undefined;
  readonly node: string | undefined;
  readonly sentAtMs: number;
  readonly reject: (error: unknown) => void;
}

const maxIdleMs = 50;
// A timer of a busy process may fire so much later.
const lateMs = 1_000;

/** Creates the connection of a client. Share one for each client, so that everything that uses it notices an outage at once. */
export function createRedisConnection(client: RedisClient, options: RedisConnectionOptions = {}): RedisConnection {
  const { timeoutMs = 40, probeMs = 100, clock = systemClock } = options;
  const nodes = createNodeAvailability(client, clock, probeMs);
  // The commands without a reply, the oldest first.
  const waiting = new Set<WaitingCommand>();
  // Until when a timer is set that watches them; the timer of a fake clock that was removed never fires.
  let watchedUntilMs = -Infinity;

  /** A command failed, and with it all that wait for the same node. */
  const fail = (failed: WaitingCommand, reason: string) => {
    const error = unavailable(reason);
    failed.reject(error);
    const { node } = failed;
    if (node === undefined) return;
    nodes.goDown(node, failed.key);
    for (const other of [...waiting]) if (other.node === node) other.reject(error);
  };

  /**
   * One timer for all commands: a timer for each would cost as much as half of the processing of a reply. It fires often enough
   * not to keep a process alive that has nothing else to do.
   */
  const watch = (delayMs: number) => {
    const inMs = Math.min(delayMs, maxIdleMs);
    watchedUntilMs = clock.monotonic() + inMs + lateMs;
    clock.schedule(inMs, () => {
      const [oldest] = waiting;
      watchedUntilMs = -Infinity;
      if (oldest === undefined) return;
      const leftMs = oldest.sentAtMs + timeoutMs - clock.monotonic();
      if (leftMs > 0) return watch(leftMs);
      watchedUntilMs = clock.monotonic() + lateMs;
      // After a stall of this process the reply may have arrived but not been processed: it gets one more turn of the event loop.
      clock.schedule(0, () => {
        watchedUntilMs = -Infinity;
        if (waiting.has(oldest)) fail(oldest, `no reply within ${timeoutMs} ms`);
        if (waiting.size > 0) watch(0);
      });
    });
  };

  const isUpFor = (key: string | undefined) => nodes.isUp || nodes.isUpAt(nodes.nodeOf(key));
  /** Whether the node that has a key is available. Nodes that are not are asked whether they are again. */
  const isAvailable = (key: string | undefined) => {
    nodes.probe();
    return isUpFor(key);
  };

  const sendAll =
    client.sendAll ?? ((commands: readonly (readonly string[])[]) => commands.map((command) => client.send(command)));

  /** What a command with this key replies, in time. */
  const settled = (key: string | undefined, sent: Promise<unknown>) =>
    new Promise<unknown>((resolve, reject) => {
      const entry: WaitingCommand = {
        key,
        node: nodes.nodeOf(key),
        sentAtMs: clock.monotonic(),
        reject(error) {
          waiting.delete(entry);
          reject(error);
        },
      };
      waiting.add(entry);
      if (entry.sentAtMs >= watchedUntilMs) watch(timeoutMs);
      sent.then(
        (reply) => {
          waiting.delete(entry);
          resolve(reply);
        },
        (error: unknown) => {
          // It took too long, and its node may be up again.
          if (!waiting.has(entry)) return;
          // Redis is available, and another command is sent instead.
          if (isUnknownScript(error) || isCrossSlot(error)) return entry.reject(error);
          const reason = error instanceof Error ? error.message : "the command failed";
          // What a cluster says of one slot, while that moves to another node, says nothing of others.
          if (isOfSlot.test(reason)) return entry.reject(unavailable(reason));
          fail(entry, reason);
        },
      );
    });

  /** Sends commands together, but for those to a node that is down. Each promise settles by itself, in time. */
  const exchange = (commands: readonly (readonly string[])[]): Promise<unknown>[] => {
    const keys = commands.map(firstKeyOf);
    const areSent = keys.map(isUpFor);
    const sendable = commands.filter((_, index) => areSent[index]);
    const sent = sendable.length > 0 ? sendAll(sendable) : [];
    let next = 0;
    return keys.map((key, index) => {
      if (!areSent[index]) return Promise.reject(unavailable());
      next += 1;
      return settled(key, sent[next - 1]!);
    });
  };

  const dispatcher = createDispatcher(exchange, client.isCluster);

  return {
    get isUp() {
      return nodes.isUp;
    },
    send: (command) => (isAvailable(firstKeyOf(command)) ? dispatcher.send(command) : Promise.reject(unavailable())),
    run: (script, keys, args) =>
      isAvailable(keys[0]) ? dispatcher.run(script, keys, args) : Promise.reject(unavailable()),
    withTimeout: (otherMs) => createRedisConnection(client, { ...options, timeoutMs: otherMs }),
    subscribe:
      client.subscribe &&
      (async (channel, listener) => {
        // A client may still deliver a message that was under way when it was asked to end.
        let isOver = false;
        const end = await client.subscribe?.(channel, {
          message: (text) => isOver || listener.message(text),
          ready: () => isOver || listener.ready(),
        });
        return async () => {
          isOver = true;
          await end?.();
        };
      }),
  };
}
