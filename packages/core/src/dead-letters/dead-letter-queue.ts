import type { DeadLetter } from "../webhooks/queue/dead-letter.js";

/** A queue that the command has opened, and closes. */
export interface OpenDeadLetters {
  list(): Promise<readonly DeadLetter[]>;
  close(): Promise<unknown>;
}

/** A kind of queue, as the command `connectry-webhooks` of its package sees it. */
export interface DeadLetterQueue {
  /** Its name in the help, such as `BullMQ`. */
  readonly title: string;
  /** The flags that say where a queue is, with what their values are: `{ redis: "url" }`. */
  readonly flags: Readonly<Record<string, string>>;
  /** What holds without them, as a sentence of the help. */
  readonly defaults: string;
  /** Opens a queue, and creates nothing. Rejects where it cannot be reached or does not exist, with a message for the user. */
  open(name: string, flags: Readonly<Record<string, string | undefined>>): Promise<OpenDeadLetters>;
}
