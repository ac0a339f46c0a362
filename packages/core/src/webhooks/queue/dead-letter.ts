import type { WebhookEvent } from "../events/event.js";

/** An event whose last attempt has failed. */
export interface DeadLetter {
  readonly event: WebhookEvent;
  /** The message of the last failure. */
  readonly reason: string;
  readonly attempts: number;
  /** When it failed, in milliseconds since the epoch. */
  readonly failedAtMs: number | undefined;
  /** Queues it again, with all its attempts. */
  replay(): Promise<void>;
}
