export type { DeadLetter } from "@connectry/core/webhooks";
export { type BullmqQueueLike, type BullmqQueueOptions, bullmqQueue } from "./bullmq-queue.js";
export { deadLetters, type FailedJobLike, type FailedQueueLike } from "./dead-letters.js";
export { replayCommand } from "./replay-command.js";
export { type BullmqJobLike, webhookProcessor } from "./webhook-processor.js";
