import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { endProbeScript, pauseScript } from "./pause-script.js";

const maxListeners = 10_000;

/** What a pause applies to, of the tenant with this fingerprint. */
export interface PauseTarget {
  readonly tenant: string;
  readonly scope: string;
}

/** Called when another process is asked to wait: for so many milliseconds. */
export type OnPause = (pauseMs: number) => void;

/** Notifies all processes of a pause, and receives the pauses of others. */
export interface PauseChannel {
  /** The last listener of a target replaces earlier ones. */
  listen(target: PauseTarget, listener: OnPause): void;
  /**
   * Takes note of how many calls of this process were accepted in the second before, and pauses for so long; 0 where another
   * process did. Never rejects.
   */
  pause(target: PauseTarget, pauseMs: number, acceptedPerSecond: number): Promise<void>;
  /** The call that was sent first after a pause has its response. Never rejects. */
  endProbe(target: PauseTarget): Promise<void>;
  close(): Promise<void>;
}

/** The key that holds the end of a pause, for the script and for processes that cannot subscribe. */
export function pauseKeyOf(prefix: string, { tenant, scope }: PauseTarget): string {
  return `${prefix}:{${tenant}}:pause:${scope}`;
}

/** Creates a channel with one subscription for all targets, because each subscription takes a connection of its own. */
export function createPauseChannel(redis: RedisConnection, prefix: string, processId: string): PauseChannel {
  const channel = `${prefix}:pauses`;
  const listeners = new Map<string, OnPause>();
  let subscription: Promise<(() => Promise<void>) | undefined> | undefined;
  let isClosed = false;

  const nameOf = ({ tenant, scope }: PauseTarget) => `${tenant} ${scope}`;
  const onMessage = (text: string) => {
    const [, pauseMs, name = ""] = /^(\d{1,12}) (.+)$/s.exec(text) ?? [];
    listeners.get(name)?.(Number(pauseMs));
  };
  const subscribe = () => {
    if (isClosed) return;
    subscription ??= redis.subscribe?.(channel, { message: onMessage, ready() {} }).catch(() => {
      // The next listener tries again.
      subscription = undefined;
      return undefined;
    });
  };

  return {
    listen(target, listener) {
      const name = nameOf(target);
      listeners.delete(name);
      // A listener that is dropped still learns of pauses from the script.
      const [oldest] = listeners.keys();
      if (listeners.size >= maxListeners && oldest !== undefined) listeners.delete(oldest);
      listeners.set(name, listener);
      subscribe();
    },
    async pause(target, pauseMs, acceptedPerSecond) {
      const wholeMs = Math.ceil(pauseMs);
      const args = [wholeMs, processId, acceptedPerSecond, channel, `${wholeMs} ${nameOf(target)}`];
      await redis.run(pauseScript, [pauseKeyOf(prefix, target)], args).catch(() => {});
    },
    async endProbe(target) {
      await redis.run(endProbeScript, [pauseKeyOf(prefix, target)], []).catch(() => {});
    },
    async close() {
      isClosed = true;
      await (await subscription)?.();
    },
  };
}
