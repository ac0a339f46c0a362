import { type Clock, systemClock } from "../platform/clock.js";
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
 * The commands of one turn of the event loop are sent together, in one round trip, over a cluster in one to each node; the runs
 * of one script among them are one command, over a cluster one for each hash slot.
 */
export interface RedisConnection {
  /** Whether Redis replied to the last command. */
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

const maxIdleMs = 50;
// A timer of a busy process may fire so much later.
const lateMs = 1_000;

/** Creates the connection of a client. Share one for each client, so that everything that uses it notices an outage at once. */
export function createRedisConnection(client: RedisClient, options: RedisConnectionOptions = {}): RedisConnection {
  const { timeoutMs = 40, probeMs = 100, clock = systemClock } = options;
  // The commands without a reply, the oldest first, each with the time at which it was sent.
  const waiting = new Map<(error: unknown) => void, number>();
  // Until when a timer is set that watches them; the timer of a fake clock that was removed never fires.
  let watchedUntilMs = -Infinity;
  let isUp = true;
  let probeAtMs = 0;

  const goDown = (reason: string) => {
    isUp = false;
    const error = unavailable(reason);
    for (const reject of [...waiting.keys()]) reject(error);
  };

  /**
   * One timer for all commands: a timer for each would cost as much as half of the processing of a reply. It fires often enough
   * not to keep a process alive that has nothing else to do.
   */
  const watch = (delayMs: number) => {
    const inMs = Math.min(delayMs, maxIdleMs);
    watchedUntilMs = clock.monotonic() + inMs + lateMs;
    clock.schedule(inMs, () => {
      const [[fail, sinceMs] = []] = waiting;
      watchedUntilMs = -Infinity;
      if (fail === undefined || sinceMs === undefined) return;
      const leftMs = sinceMs + timeoutMs - clock.monotonic();
      if (leftMs > 0) return watch(leftMs);
      watchedUntilMs = clock.monotonic() + lateMs;
      // After a stall of this process the reply may have arrived but not been processed: it gets one more turn of the event loop.
      clock.schedule(0, () => {
        watchedUntilMs = -Infinity;
        if (waiting.has(fail)) goDown(`no reply within ${timeoutMs} ms`);
        else if (waiting.size > 0) watch(0);
      });
    });
  };

  const probe = () => {
    const nowMs = clock.monotonic();
    if (nowMs < probeAtMs) return;
    // Where Redis accepts commands but never replies, one probe is enough for a while: it resolves when Redis continues.
    probeAtMs = nowMs + 5_000;
    const again = () => {
      probeAtMs = clock.monotonic() + probeMs;
    };
    client.send(["PING"]).then(() => {
      isUp = true;
      again();
    }, again);
  };

  /** Whether Redis is available; where it is not, it is asked whether it is again. */
  const isAvailable = () => {
    if (!isUp) probe();
    return isUp;
  };

  const sendAll =
    client.sendAll ?? ((commands: readonly (readonly string[])[]) => commands.map((command) => client.send(command)));

  /** Sends commands together. Each promise settles by itself, in time. */
  const exchange = (commands: readonly (readonly string[])[]): Promise<unknown>[] => {
    if (!isUp) return commands.map(() => Promise.reject(unavailable()));
    const nowMs = clock.monotonic();
    return sendAll(commands).map(
      (sent) =>
        new Promise<unknown>((resolve, reject) => {
          const fail = (error: unknown) => {
            waiting.delete(fail);
            reject(error);
          };
          waiting.set(fail, nowMs);
          if (nowMs >= watchedUntilMs) watch(timeoutMs);
          sent.then(
            (reply) => {
              waiting.delete(fail);
              resolve(reply);
            },
            (error: unknown) => {
              // Redis is available, and another command is sent instead.
              if (isUnknownScript(error) || isCrossSlot(error)) return fail(error);
              const reason = error instanceof Error ? error.message : "the command failed";
              // What a cluster says of one slot, while that moves to another node, says nothing of others.
              if (isOfSlot.test(reason)) return fail(unavailable(reason));
              goDown(reason);
            },
          );
        }),
    );
  };

  const dispatcher = createDispatcher(exchange, client.isCluster);

  return {
    get isUp() {
      return isUp;
    },
    send: (command) => (isAvailable() ? dispatcher.send(command) : Promise.reject(unavailable())),
    run: (...run) => (isAvailable() ? dispatcher.run(...run) : Promise.reject(unavailable())),
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
