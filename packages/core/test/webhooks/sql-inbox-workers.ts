import { createInboxTable } from "../../src/sql/index.js";
import { createSchema } from "../postgres.js";
import { startWorkers, type Worker } from "../workers.js";

type Work = typeof import("./sql-inbox.worker.js");

/** Processes with a handler over one inbox in PostgreSQL, and the effects of their handlers. */
export async function sqlInboxProcesses(leaseMs: number) {
  const { config, schema, pool } = await createSchema();
  await pool.query(createInboxTable(`${schema}.inbox`));
  // An effect that happens twice is two rows.
  await pool.query(`CREATE TABLE ${schema}.effects (id text NOT NULL)`);
  const startProcess = async (): Promise<Worker<Work>> => {
    const [worker] = await startWorkers<Work>(new URL("./sql-inbox.worker.ts", import.meta.url), 1);
    if (worker === undefined) throw new Error("no worker was started");
    await worker.call("start", { config: { ...config, max: 5 }, schema, leaseMs });
    return worker;
  };
  const countEffects = async (): Promise<{ readonly all: number; readonly events: number }> => {
    const { rows } = await pool.query(
      `SELECT count(*)::int AS all, count(DISTINCT id)::int AS events FROM ${schema}.effects`,
    );
    return rows[0];
  };
  return { startProcess, countEffects };
}
