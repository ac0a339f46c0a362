import { setTimeout as sleep } from "node:timers/promises";
import {
  ConfigurationError,
  type EventRoutes,
  processQueued,
  type QueueOptions,
  resolveQueueOptions,
  type WebhookEvent,
  type Webhooks,
} from "@connectry/core/webhooks";
import { messageIdOf } from "./rabbitmq-queue.js";
import { type QueueName, queuesOf, type RabbitmqConnectionLike, type RabbitmqMessageLike } from "./topology.js";

/** Options of a worker. Required is one of `on` and `otherwise`. */
export interface RabbitmqWorkerOptions<Events>
  extends EventRoutes<Events>,
    Pick<QueueOptions, "attempts" | "backoffMs">,
    QueueName {
  /** How many events are processed at once. @default 1 */
  readonly concurrency?: number | undefined;
  /** Is notified of each failure of a handler, and of the connection. @default `console.error` */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A running worker. */
export interface RabbitmqWorker {
  /** Stops taking events, and resolves when those under way have ended. */
  close(): Promise<void>;
}

// The broker closes the channel of a consumer that does not acknowledge a message for 30 minutes:
// https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout
const maxWaitMs = 900_000;

// How many events one worker holds until their next attempt.
const maxWaiting = 1_000;

const attemptsOf = ({ headers }: RabbitmqMessageLike) => Number(headers?.["x-attempts"] ?? 0);

/**
 * Starts a worker: it calls the handler of `on` for an event's name, or `otherwise`. An event whose handler rejects waits in a
 * queue for its next attempt, at most 15 minutes, and is a dead letter after the last; one whose worker has ended is delivered to
 * another at once. Each step is stored and confirmed before the one before it is removed, so none is lost, and a handler may run
 * more than once for an event. The second argument, a connector's `webhooks`, only types the events.
 * @throws ConfigurationError where the connection or a handler of events is missing.
 */
export function rabbitmqWorker<Events>(
  connection: RabbitmqConnectionLike,
  _webhooks: Webhooks<Events>,
  options: NoInfer<RabbitmqWorkerOptions<Events>>,
): RabbitmqWorker {
  if (connection === undefined)
    throw new ConfigurationError("rabbitmqWorker: pass the `Connection` of rabbitmq-client.");
  const process = processQueued("rabbitmqWorker", options);
  const { concurrency = 1, onError = console.error } = options;
  const { attempts, backoffMs } = resolveQueueOptions(options);
  const { main, retry, dead } = queuesOf(options);
  const publisher = connection.createPublisher({ confirm: true, queues: [main, retry, dead] });
  const closing = new AbortController();

  /** Publishes the event to another queue, before the consumer acknowledges the message. */
  const move = (message: RabbitmqMessageLike, queue: string, headers: Readonly<Record<string, unknown>>) => {
    const messageId = message.messageId ?? messageIdOf(message.body as WebhookEvent);
    return publisher.send({ routingKey: queue, durable: true, messageId, headers }, message.body);
  };

  const handleEvent = async (message: RabbitmqMessageLike) => {
    try {
      await process(message.body as WebhookEvent);
    } catch (error) {
      onError(error);
      const made = attemptsOf(message) + 1;
      if (made < attempts) {
        const dueAtMs = Date.now() + Math.min(backoffMs * 2 ** (made - 1), maxWaitMs);
        await move(message, retry.queue, { "x-attempts": made, "x-due-at": dueAtMs });
      } else {
        const reason = error instanceof Error ? error.message : String(error);
        await move(message, dead.queue, { "x-attempts": made, "x-reason": reason, "x-failed-at": Date.now() });
      }
    }
    return undefined;
  };

  const handleWaiting = async (message: RabbitmqMessageLike) => {
    const waitMs = Math.min(Number(message.headers?.["x-due-at"] ?? 0) - Date.now(), maxWaitMs);
    if (waitMs > 0) {
      const isDue = await sleep(waitMs, true, { signal: closing.signal }).catch(() => false);
      // Another worker holds it from now on.
      if (!isDue) return 1;
    }
    await move(message, main.queue, { "x-attempts": attemptsOf(message) });
    return undefined;
  };

  const consumers = [
    connection.createConsumer(
      { queue: main.queue, queueOptions: main, concurrency, qos: { prefetchCount: concurrency } },
      handleEvent,
    ),
    connection.createConsumer(
      { queue: retry.queue, queueOptions: retry, concurrency: maxWaiting, qos: { prefetchCount: maxWaiting } },
      handleWaiting,
    ),
  ];
  for (const consumer of consumers) consumer.on("error", onError);
  return {
    async close() {
      closing.abort();
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await publisher.close();
    },
  };
}
