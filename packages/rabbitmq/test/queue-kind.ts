import { randomUUID } from "node:crypto";
import { Connection } from "rabbitmq-client";
import type { RabbitmqServer } from "../../core/test/rabbitmq.js";
import { closeWithTest, type QueueKind, webhooks } from "../../core/test/webhooks/queue-contract.js";
import { deadLetters, rabbitmqQueue, rabbitmqWorker, replayCommand } from "../src/index.js";

/** A connection until the test is over, and the name of a queue of its own. */
export function connect({ url }: RabbitmqServer): { readonly connection: Connection; readonly name: string } {
  const connection = new Connection({ url, retryLow: 50, retryHigh: 200 });
  connection.on("error", () => {});
  closeWithTest(async () => connection.unsafeDestroy());
  return { connection, name: `webhooks-${randomUUID().slice(0, 8)}` };
}

/** RabbitMQ, as the contract tests it. */
export const queueKind = (server: () => RabbitmqServer, queueType: "classic" | "quorum" = "classic"): QueueKind => ({
  recognizes: false,
  async create() {
    const { connection, name } = connect(server());
    return {
      queue: rabbitmqQueue(connection, { name, queueType }),
      async work(routes) {
        rabbitmqWorker(connection, webhooks, {
          ...routes,
          name,
          queueType,
          attempts: 2,
          backoffMs: 100,
          onError: () => {},
        });
      },
      deadLetters: () => deadLetters(connection, { name, queueType }),
      name,
      command: (args, output) =>
        replayCommand(
          [...args, "--amqp", server().url, "--queue-type", queueType],
          () => import("rabbitmq-client"),
          output,
        ),
      killServer: () => server().kill(),
      restartServer: () => server().restart(),
    };
  },
});
