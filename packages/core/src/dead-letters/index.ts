// What the packages of queues have in common in their command `connectry-webhooks`. Needs `node:util`.
export type { DeadLetter } from "../webhooks/queue/dead-letter.js";
export type { DeadLetterQueue, OpenDeadLetters } from "./dead-letter-queue.js";
export { type CommandOutput, runDeadLetterCommand } from "./run-command.js";
