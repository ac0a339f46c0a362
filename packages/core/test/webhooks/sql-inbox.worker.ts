import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { sqlInbox } from "../../src/sql/index.js";
import { createWebhookHandler, signWebhook, stripe, type WebhookHandler } from "../../src/webhooks/index.js";

/** When the process ends itself while it handles an event. */
export type DiesAt = "before the effect" | "after the effect" | "before the commit" | "after the commit";

/** The database of a worker. */
export interface SqlInboxPlan {
  readonly config: pg.PoolConfig;
  readonly schema: string;
  readonly leaseMs: number;
}

let pool: pg.Pool;
let handler: WebhookHandler;
let diesAt: DiesAt | undefined;

const dieAt = (point: DiesAt) => {
  if (point === diesAt) process.kill(process.pid, "SIGKILL");
};

/** Connects, and creates a handler whose effect is a row in the table `effects`. */
export async function start({ config, schema, leaseMs }: SqlInboxPlan): Promise<void> {
  pool = new pg.Pool(config);
  pool.on("error", () => {});
  const inbox = sqlInbox(pool, { table: `${schema}.inbox` });
  handler = createWebhookHandler(stripe, {
    secrets: "whsec_test",
    inbox,
    leaseMs,
    otherwise: async ({ id }, { claim }) => {
      const transaction = await pool.connect();
      try {
        await transaction.query("BEGIN");
        dieAt("before the effect");
        await transaction.query(`INSERT INTO ${schema}.effects VALUES ($1)`, [id]);
        dieAt("after the effect");
        await sleep(10 * Math.random());
        await inbox.completeIn(transaction, claim);
        dieAt("before the commit");
        await transaction.query("COMMIT");
        dieAt("after the commit");
      } catch (error) {
        await transaction.query("ROLLBACK").catch(() => {});
        throw error;
      } finally {
        transaction.release();
      }
    },
    onError: () => {},
  });
}

/** Delivers an event, and returns the status of the response. */
export async function deliver(id: string, point?: DiesAt): Promise<number> {
  diesAt = point;
  const request = await signWebhook(stripe, { id, type: "invoice.paid" }, { secret: "whsec_test" });
  return (await handler(request)).status;
}
