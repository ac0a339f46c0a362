import type { OnPause } from "../rate-limit/grant-source.js";
import { pauseScript } from "./pause-script.js";
import type { RedisLink } from "./redis-link.js";

const maxListeners = 10_000;

/** Tells all processes of a pause, and hears of those of others. */
export interface PauseChannel {
  /** The last listener of a bucket is the one that counts. */
  listen(tag: string, bucket: string, listener: OnPause): void;
  /** Never rejects. */
  pause(tag: string, bucket: string, pauseMs: number): Promise<void>;
  close(): Promise<void>;
}

/** The key that holds the end of a bucket's pause: for the script, and for who cannot subscribe. */
export function pauseKeyOf(prefix: string, tag: string, bucket: string): string {
  return `${prefix}:{${tag}}:pause:${bucket}`;
}

/** One subscription for all buckets, as each takes a connection of its own. */
export function createPauseChannel(redis: RedisLink, prefix: string): PauseChannel {
  const channel = `${prefix}:pauses`;
  const listeners = new Map<string, OnPause>();
  let subscription: Promise<(() => Promise<void>) | undefined> | undefined;
  let isClosed = false;

  const message = (text: string) => {
    const [, pauseMs, name = ""] = /^(\d{1,12}) (.+)$/s.exec(text) ?? [];
    listeners.get(name)?.(Number(pauseMs));
  };
  const subscribe = () => {
    if (isClosed) return;
    subscription ??= redis.subscribe?.(channel, { message, ready() {} }).catch(() => {
      // Whoever listens next tries again.
      subscription = undefined;
      return undefined;
    });
  };

  return {
    listen(tag, bucket, listener) {
      const name = `${tag} ${bucket}`;
      listeners.delete(name);
      // Those that are let go of hear of pauses from the script.
      if (listeners.size >= maxListeners) for (const [oldest] of listeners) return void listeners.delete(oldest);
      listeners.set(name, listener);
      subscribe();
    },
    async pause(tag, bucket, pauseMs) {
      const wholeMs = Math.ceil(pauseMs);
      if (wholeMs < 1) return;
      const args = [wholeMs, channel, `${wholeMs} ${tag} ${bucket}`];
      await redis.run(pauseScript, [pauseKeyOf(prefix, tag, bucket)], args).catch(() => {});
    },
    async close() {
      isClosed = true;
      await (await subscription)?.();
    },
  };
}
