import {
  ConfigurationError,
  type QueueOptions,
  resolveQueueOptions,
  storeWithin,
  type WebhookQueue,
} from "@connectry/core/webhooks";
import { type QueueName, queuesOf, type RabbitmqConnectionLike } from "./topology.js";

/** Options of a queue of events. */
export interface RabbitmqQueueOptions extends Pick<QueueOptions, "timeoutMs">, QueueName {}

/** A queue of events, whose channel can be closed before the connection is. */
export interface RabbitmqQueue extends WebhookQueue {
  close(): Promise<void>;
}

/** A key of an event. */
export const messageIdOf = ({ provider, id }: { readonly provider: string; readonly id: string }) =>
  `${provider}:${id}`;

/**
 * Stores events in a durable queue of RabbitMQ, from which `rabbitmqWorker` processes them. `add` resolves when the
 * broker has confirmed that the event is on disk, and rejects where it does not within `timeoutMs`. RabbitMQ does not recognize an
 * event that is delivered again: the inbox of the endpoint does.
 * @throws ConfigurationError where the connection is missing.
 */
export function rabbitmqQueue(connection: RabbitmqConnectionLike, options: RabbitmqQueueOptions = {}): RabbitmqQueue {
  if (connection === undefined)
    throw new ConfigurationError("rabbitmqQueue: pass the `Connection` of rabbitmq-client.");
  const { main, retry, dead } = queuesOf(options);
  const { timeoutMs } = resolveQueueOptions(options);
  const publisher = connection.createPublisher({ confirm: true, queues: [main, retry, dead] });
  return {
    add: (event) =>
      storeWithin(timeoutMs, "check the connection to RabbitMQ", () =>
        publisher.send({ routingKey: main.queue, durable: true, messageId: messageIdOf(event), headers: {} }, event),
      ),
    close: () => publisher.close(),
  };
}
