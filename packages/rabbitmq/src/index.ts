export type { DeadLetter } from "@connectry/core/webhooks";
export { deadLetters } from "./dead-letters.js";
export type { ImportRabbitmqClient, OpenRabbitmqConnectionLike } from "./open-connection.js";
export { type RabbitmqQueue, type RabbitmqQueueOptions, rabbitmqQueue } from "./rabbitmq-queue.js";
export { type RabbitmqWorker, type RabbitmqWorkerOptions, rabbitmqWorker } from "./rabbitmq-worker.js";
export { replayCommand } from "./replay-command.js";
export type {
  QueueDeclaration,
  QueueName,
  RabbitmqChannelLike,
  RabbitmqConnectionLike,
  RabbitmqConsumerLike,
  RabbitmqEnvelope,
  RabbitmqMessageLike,
  RabbitmqPublisherLike,
} from "./topology.js";
