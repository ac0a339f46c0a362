import type { OpenDeadLetters } from "@connectry/core/dead-letters";
import { deadQueueOf, type PgBossLike } from "./boss.js";
import { deadLetters } from "./dead-letters.js";

/** The part of a `PgBoss` that the command starts and stops. */
export interface StartedPgBossLike extends PgBossLike {
  on(name: "error", listener: () => void): unknown;
  start(): Promise<unknown>;
  stop(options: { readonly graceful: boolean }): Promise<void>;
  getQueue(name: string): Promise<unknown>;
}

/** Imports pg-boss. In the command itself, because pg-boss is an ES module, which the CommonJS build of this package would contain. */
export type ImportPgBoss = () => Promise<{ readonly PgBoss: new (options: PgBossCommandOptions) => StartedPgBossLike }>;

/** The options of the command's `PgBoss`, which changes nothing in the database. */
export interface PgBossCommandOptions {
  connectionString: string;
  connectionTimeoutMillis: number;
  migrate: false;
  createSchema: false;
  supervise: false;
  schedule: false;
  schema?: string;
}

/** The message of an error, or of the first one where several addresses were tried. */
function messageOf(error: unknown): string {
  const [first = error] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? first.message : String(first);
}

/**
 * Opens the dead letters of a queue with the user's pg-boss, and creates nothing. Rejects where pg-boss is not installed, PostgreSQL cannot be
 * reached, or no queue has the name.
 */
export async function openDeadLetters(
  name: string,
  { database, schema }: { readonly database: string; readonly schema: string | undefined },
  importPgBoss: ImportPgBoss,
): Promise<OpenDeadLetters> {
  const { PgBoss } = await importPgBoss().catch((cause) => {
    throw new Error("@connectry/pg-boss needs pg-boss, which is not installed: npm install pg-boss", { cause });
  });
  const { host } = new URL(database);
  const boss = new PgBoss({
    connectionString: database,
    connectionTimeoutMillis: 5_000,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
    ...(schema === undefined ? {} : { schema }),
  });
  boss.on("error", () => {});
  const location = `the schema "${schema ?? "pgboss"}" of PostgreSQL at ${host}`;
  const close = () => boss.stop({ graceful: false });
  try {
    await boss.start();
  } catch (error) {
    await close().catch(() => {});
    throw new Error(`pg-boss in ${location} cannot be opened: ${messageOf(error)}`);
  }
  if ((await boss.getQueue(name)) === null || (await boss.getQueue(deadQueueOf(name))) === null) {
    await close();
    throw new Error(
      `there is no queue "${name}" of webhook events in ${location}: check --queue, --schema and --database`,
    );
  }
  return { list: () => deadLetters(boss, { name }), close };
}
