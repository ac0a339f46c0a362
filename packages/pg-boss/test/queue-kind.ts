import { randomUUID } from "node:crypto";
import { PgBoss } from "pg-boss";
import type { PostgresServer } from "../../core/test/postgres.js";
import { closeWithTest, type QueueKind, webhooks } from "../../core/test/webhooks/queue-contract.js";
import { deadLetters, pgBossQueue, pgBossWorker, replayCommand } from "../src/index.js";

const newSchema = () => `boss_${randomUUID().slice(0, 8)}`;

/** Starts a `PgBoss` with a schema of its own, until the test is over. */
export async function startBoss({ config }: PostgresServer, schema = newSchema()): Promise<PgBoss> {
  const boss = new PgBoss({ ...config, schema, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 });
  boss.on("error", () => {});
  await boss.start();
  closeWithTest(() => boss.stop({ graceful: false }));
  return boss;
}

/** pg-boss, as the contract tests it. */
export const queueKind = (server: () => PostgresServer): QueueKind => ({
  recognizes: true,
  async create() {
    const { host, port, user, database } = server().config;
    const schema = newSchema();
    const boss = await startBoss(server(), schema);
    const flags = ["--database", `postgres://${user}@${host}:${port}/${database}`, "--schema", schema];
    return {
      queue: pgBossQueue(boss, { attempts: 2 }),
      async work(routes) {
        const worker = await pgBossWorker(boss, webhooks, { ...routes, pollingIntervalSeconds: 0.5 });
        closeWithTest(() => worker.close());
      },
      deadLetters: () => deadLetters(boss),
      name: "webhooks",
      command: (args, output) => replayCommand([...args, ...flags], () => import("pg-boss"), output),
      killServer: () => server().kill(),
      restartServer: () => server().restart(),
    };
  },
});
