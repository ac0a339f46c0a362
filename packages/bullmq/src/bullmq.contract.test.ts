import { redisServer } from "@connectry/testing";
import { Queue, Worker } from "bullmq";
import { describe } from "vitest";
import {
  closeWithTest,
  commandContract,
  type QueueKind,
  queueContract,
  queueOutageContract,
  webhooks,
} from "../../core/test/webhooks/queue-contract.js";
import { bullmqQueue, deadLetters, replayCommand, webhookProcessor } from "./index.js";

const kind: QueueKind = {
  recognizes: true,
  async create() {
    const redis = await redisServer({ durable: true });
    closeWithTest(() => redis.close());
    const connection = { host: "127.0.0.1", port: redis.port };
    const queue = new Queue("webhooks", { connection });
    queue.on("error", () => {});
    closeWithTest(() => queue.disconnect());
    return {
      queue: bullmqQueue(queue, { attempts: 2, backoffMs: 10 }),
      async work(routes) {
        const worker = new Worker("webhooks", webhookProcessor(webhooks, routes), { connection });
        worker.on("error", () => {});
        closeWithTest(() => worker.close(true));
      },
      deadLetters: () => deadLetters(queue),
      name: "webhooks",
      command: (args, output) => replayCommand([...args, "--redis", redis.url], output),
      killServer: () => redis.kill(),
      restartServer: () => redis.restart(),
    };
  },
};

describe("BullMQ", () => {
  queueContract(kind);
  commandContract(kind);
  queueOutageContract(kind);
});
