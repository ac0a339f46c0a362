import { type CommandOutput, type DeadLetterQueue, runDeadLetterCommand } from "@connectry/core/dead-letters";
import { deadLetters } from "./dead-letters.js";
import { openQueue } from "./open-queue.js";

const bullmq: DeadLetterQueue = {
  title: "BullMQ",
  flags: { redis: "url", prefix: "prefix" },
  defaults: "The defaults are --redis redis://127.0.0.1:6379, and BullMQ's own prefix.",
  async open(name, { redis = "redis://127.0.0.1:6379", prefix }) {
    const queue = await openQueue(name, redis, prefix);
    return { list: () => deadLetters(queue), close: () => queue.close() };
  },
};

/** The command `connectry-webhooks`; resolves to its exit code. */
export function replayCommand(args: readonly string[], output?: CommandOutput): Promise<number> {
  return runDeadLetterCommand(bullmq, args, output);
}
