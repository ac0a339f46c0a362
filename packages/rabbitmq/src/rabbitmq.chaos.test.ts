import { afterAll, beforeAll, describe, test } from "vitest";
import { type RabbitmqServer, rabbitmqServer } from "../../core/test/rabbitmq.js";
import { queueOutageContract } from "../../core/test/webhooks/queue-contract.js";
import { expectNoLoss } from "../../core/test/webhooks/queue-crashes.js";
import { connect, queueKind } from "../test/queue-kind.js";
import { rabbitmqQueue } from "./index.js";

let server: RabbitmqServer;
beforeAll(async () => {
  server = await rabbitmqServer();
});
afterAll(() => server?.close());

describe.each(["classic", "quorum"] as const)("RabbitMQ, %s queues", (queueType) => {
  queueOutageContract(queueKind(() => server, queueType));
});

test.each(["classic", "quorum"] as const)(
  "of 200 events and more none is lost when workers and RabbitMQ are killed, with %s queues",
  async (queueType) => {
    const { connection, name } = connect(server);
    const queueOptions = { name, queueType };
    await expectNoLoss({
      queue: rabbitmqQueue(connection, queueOptions),
      queueOptions,
      address: server.url,
      workerFile: new URL("../test/crash.worker.ts", import.meta.url),
      modules: new URL("../node_modules/", import.meta.url),
      killServer: () => server.kill(),
      restartServer: () => server.restart(),
    });
  },
  300_000,
);
