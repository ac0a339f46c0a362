import { ConfigurationError, type DeadLetter, type WebhookEvent } from "@connectry/core/webhooks";
import { messageIdOf } from "./rabbitmq-queue.js";
import {
  type QueueName,
  type Queues,
  queuesOf,
  type RabbitmqConnectionLike,
  type RabbitmqMessageLike,
} from "./topology.js";

/** Reads the messages of the queue of dead letters until one is found. What is not acknowledged returns to the queue. */
async function search<Found>(
  connection: RabbitmqConnectionLike,
  { dead }: Queues,
  visit: (message: RabbitmqMessageLike, acknowledge: () => void) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  await connection.queueDeclare(dead);
  const channel = await connection.acquire();
  try {
    for (;;) {
      const message = await channel.basicGet(dead.queue);
      if (message === undefined) return undefined;
      const { deliveryTag } = message;
      const found = await visit(message, () => channel.basicAck({ deliveryTag }));
      if (found !== undefined) return found;
    }
  } finally {
    await channel.close();
  }
}

async function replay(connection: RabbitmqConnectionLike, queues: Queues, messageId: string): Promise<void> {
  const publisher = connection.createPublisher({ confirm: true, queues: [queues.main] });
  try {
    const isFound = await search(connection, queues, async (message, acknowledge) => {
      if (message.messageId !== messageId) return undefined;
      await publisher.send({ routingKey: queues.main.queue, durable: true, messageId, headers: {} }, message.body);
      acknowledge();
      return true;
    });
    if (isFound === undefined) throw new Error(`the dead letter ${messageId} is gone`);
  } finally {
    await publisher.close();
  }
}

/**
 * Lists the dead letters of a queue, the oldest first. Each replay reads the queue until it finds its message. Rejects with a
 * ConfigurationError where the connection is missing.
 */
export async function deadLetters(
  connection: RabbitmqConnectionLike,
  options: QueueName = {},
): Promise<readonly DeadLetter[]> {
  if (connection === undefined) throw new ConfigurationError("deadLetters: pass the `Connection` of rabbitmq-client.");
  const queues = queuesOf(options);
  const letters: DeadLetter[] = [];
  await search(connection, queues, async ({ body, headers = {}, messageId }) => {
    const event = body as WebhookEvent;
    letters.push({
      event,
      reason: String(headers["x-reason"]),
      attempts: Number(headers["x-attempts"]),
      failedAtMs: Number(headers["x-failed-at"]),
      replay: () => replay(connection, queues, messageId ?? messageIdOf(event)),
    });
    return undefined;
  });
  return letters;
}
