import type { OpenDeadLetters } from "@connectry/core/dead-letters";
import { deadLetters } from "./dead-letters.js";
import { type QueueName, queuesOf, type RabbitmqConnectionLike } from "./topology.js";

/** The part of a `Connection` that the command opens and closes. */
export interface OpenRabbitmqConnectionLike extends RabbitmqConnectionLike {
  on(name: "error", listener: (error: unknown) => void): unknown;
  onConnect(timeoutMs: number, disableAutoClose: boolean): Promise<void>;
  queueDeclare(declaration: { readonly queue: string; readonly passive?: boolean }): Promise<unknown>;
  close(): Promise<void>;
  unsafeDestroy(): void;
}

/** Imports rabbitmq-client, which is installed beside the command. */
export type ImportRabbitmqClient = () => Promise<{
  readonly Connection: new (options: {
    url: string;
    connectionTimeout: number;
    acquireTimeout: number;
  }) => OpenRabbitmqConnectionLike;
}>;

const timeoutMs = 5_000;

/**
 * Opens the dead letters of a queue with the user's rabbitmq-client, and creates nothing. Rejects where it is not installed, RabbitMQ cannot be
 * reached, or no queue has the name.
 */
export async function openDeadLetters(
  queue: QueueName,
  amqpUrl: string,
  importClient: ImportRabbitmqClient,
): Promise<OpenDeadLetters> {
  const { Connection } = await importClient().catch((cause) => {
    throw new Error("@connectry/rabbitmq needs rabbitmq-client, which is not installed: npm install rabbitmq-client", {
      cause,
    });
  });
  const { host } = new URL(amqpUrl);
  const connection = new Connection({ url: amqpUrl, connectionTimeout: timeoutMs, acquireTimeout: timeoutMs });
  let failure: string | undefined;
  connection.on("error", (error: unknown) => {
    failure ??= error instanceof Error ? error.message : String(error);
  });
  try {
    await connection.onConnect(timeoutMs, true);
  } catch {
    connection.unsafeDestroy();
    throw new Error(`RabbitMQ at ${host} cannot be reached: ${failure ?? "no connection"}`);
  }
  const { main, dead } = queuesOf(queue);
  try {
    await connection.queueDeclare({ queue: dead.queue, passive: true });
  } catch (error) {
    await connection.close();
    if ((error as { readonly code?: unknown }).code !== "NOT_FOUND") throw error;
    throw new Error(
      `there is no queue "${main.queue}" of webhook events in RabbitMQ at ${host}: check --queue and --amqp`,
    );
  }
  return { list: () => deadLetters(connection, queue), close: () => connection.close() };
}
