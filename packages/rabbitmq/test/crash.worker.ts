import { createWebhooks, stripe } from "@connectry/core/webhooks";
import { Connection } from "rabbitmq-client";
import { type StartCrashingWorker, slowHandler } from "../../core/test/webhooks/slow-handler.js";
import { rabbitmqWorker } from "../src/index.js";

/** Starts a worker that its test kills. */
export const start: StartCrashingWorker = async ({ address, file, queueOptions }) => {
  const connection = new Connection({ url: address, retryLow: 50, retryHigh: 200 });
  connection.on("error", () => {});
  rabbitmqWorker(connection, createWebhooks(stripe), {
    ...queueOptions,
    otherwise: slowHandler(file),
    concurrency: 4,
    backoffMs: 100,
    onError: () => {},
  });
};
