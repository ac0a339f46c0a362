import { type Clock, systemClock } from "../platform/clock.js";
import type { ChannelListener, RedisClient } from "./redis-client.js";
import type { RedisScript } from "./redis-script.js";

/** How long Redis may take, and how soon it is tried again. */
export interface RedisLinkOptions {
  /** Milliseconds that one command may take. @default 40 */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds between attempts to reach a Redis that is away; they cost no call anything. @default 100 */
  readonly probeMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Redis did not answer in time, cannot be reached, or refused a command. What stands on it goes on without. */
export class RedisAwayError extends Error {}

/** A Redis that may go away: the first command that finds out waits `timeoutMs`, all others none, until it is back. */
export interface RedisLink {
  /** Whether it answered when it was last asked. */
  readonly isUp: boolean;
  /** One command; rejects with RedisAwayError, and at once while Redis is away. */
  send(command: readonly string[]): Promise<unknown>;
  /** A script on these keys: by its hash, and by its source where Redis does not know it (any longer). */
  run(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** Listens on a channel until the returned function is called. Undefined where the client cannot, as over HTTP. */
  readonly subscribe: ((channel: string, listener: ChannelListener) => Promise<() => Promise<void>>) | undefined;
}

const isUnknownScript = (error: unknown) => error instanceof Error && error.message.includes("NOSCRIPT");

const maxIdleMs = 50;

/** Makes a link of a client: one for each, so that all that stands on it learns of an outage at once. */
export function createRedisLink(client: RedisClient, options: RedisLinkOptions = {}): RedisLink {
  const { timeoutMs = 40, probeMs = 100, clock = systemClock } = options;
  // The oldest first, each with its time.
  const waiting = new Map<(error: unknown) => void, number>();
  let isWatched = false;
  let isUp = true;
  let probeAtMs = 0;

  const goDown = (why: string) => {
    isUp = false;
    const error = new RedisAwayError(`Redis is away: ${why}.`);
    for (const reject of [...waiting.keys()]) reject(error);
  };

  /**
   * One timer for all commands: one for each would cost as much as half of what is made of an answer. It looks often enough
   * not to keep a process that has nothing else to do.
   */
  const watch = (delayMs: number) => {
    isWatched = true;
    clock.schedule(Math.min(delayMs, maxIdleMs), () => {
      const [[fail, sinceMs] = []] = waiting;
      isWatched = false;
      if (fail === undefined || sinceMs === undefined) return;
      const leftMs = sinceMs + timeoutMs - clock.monotonic();
      if (leftMs > 0) return watch(leftMs);
      isWatched = true;
      // After a stall of this process the answer may be here already, behind this timer: it gets one more turn.
      clock.schedule(0, () => {
        isWatched = false;
        if (waiting.has(fail)) goDown(`no answer within ${timeoutMs} ms`);
        else if (waiting.size > 0) watch(0);
      });
    });
  };

  const probe = () => {
    const nowMs = clock.monotonic();
    if (nowMs < probeAtMs) return;
    // One that hangs, on a Redis that accepts and never answers, is good for a while: it resolves when Redis goes on.
    probeAtMs = nowMs + 5_000;
    const again = () => {
      probeAtMs = clock.monotonic() + probeMs;
    };
    client.send(["PING"]).then(() => {
      isUp = true;
      again();
    }, again);
  };

  const send = (command: readonly string[]) => {
    if (!isUp) {
      probe();
      if (!isUp) return Promise.reject(new RedisAwayError("Redis is away."));
    }
    return new Promise<unknown>((resolve, reject) => {
      const fail = (error: unknown) => {
        waiting.delete(fail);
        reject(error);
      };
      waiting.set(fail, clock.monotonic());
      if (!isWatched) watch(timeoutMs);
      client.send(command).then(
        (reply) => {
          waiting.delete(fail);
          resolve(reply);
        },
        (error: unknown) => {
          if (isUnknownScript(error)) return fail(error);
          goDown(error instanceof Error ? error.message : "it failed");
        },
      );
    });
  };

  return {
    get isUp() {
      return isUp;
    },
    send,
    subscribe:
      client.subscribe &&
      (async (channel, listener) => {
        // A client may still hand on what was under way when it was told to end.
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
    async run({ source, sha }, keys, args) {
      const rest = [String(keys.length), ...keys, ...args.map(String)];
      try {
        return await send(["EVALSHA", await sha(), ...rest]);
      } catch (error) {
        if (!isUnknownScript(error)) throw error;
        return send(["EVAL", source, ...rest]);
      }
    },
  };
}
