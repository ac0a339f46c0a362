export { type BullmqQueueLike, type BullmqQueueOptions, bullmqQueue } from "./bullmq-queue.js";
export { type DeadLetter, deadLetters, type FailedJobLike, type FailedQueueLike } from "./dead-letters.js";
export { openQueue } from "./open-queue.js";
export { type OpenQueue, type ReplayContext, replayCommand } from "./replay-command.js";
export { type BullmqJobLike, webhookProcessor } from "./webhook-processor.js";
