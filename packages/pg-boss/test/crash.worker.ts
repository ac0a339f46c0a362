import { createWebhooks, stripe } from "@connectry/core/webhooks";
import { PgBoss } from "pg-boss";
import { type StartCrashingWorker, slowHandler } from "../../core/test/webhooks/slow-handler.js";
import { pgBossWorker } from "../src/index.js";

/** Starts a worker that its test kills. */
export const start: StartCrashingWorker = async ({ address, file }) => {
  const boss = new PgBoss({ connectionString: address, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 });
  boss.on("error", () => {});
  while (!(await boss.start().catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 200));
  await pgBossWorker(boss, createWebhooks(stripe), {
    otherwise: slowHandler(file),
    concurrency: 4,
    pollingIntervalSeconds: 0.5,
  });
};
