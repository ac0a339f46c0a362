import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, onTestFinished, test } from "vitest";
import { type PostgresServer, startPostgres } from "../../core/test/postgres.js";
import { queueOutageContract } from "../../core/test/webhooks/queue-contract.js";
import { expectNoLoss } from "../../core/test/webhooks/queue-crashes.js";
import { queueKind } from "../test/queue-kind.js";
import { pgBossQueue } from "./index.js";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

describe("pg-boss", () => {
  queueOutageContract(queueKind(() => server));
});

test("of 200 events and more none is lost when workers and PostgreSQL are killed", async () => {
  const { host, port, user, database } = server.config;
  const address = `postgres://${user}@${host}:${port}/${database}`;
  const boss = new PgBoss({ connectionString: address, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 });
  boss.on("error", () => {});
  await boss.start();
  onTestFinished(() => boss.stop({ graceful: false }).catch(() => {}));
  await expectNoLoss({
    queue: pgBossQueue(boss, { timeoutMs: 5_000, maxProcessingMs: 1_000 }),
    address,
    workerFile: new URL("../test/crash.worker.ts", import.meta.url),
    modules: new URL("../node_modules/", import.meta.url),
    killServer: () => server.kill(),
    restartServer: () => server.restart(),
  });
}, 300_000);
