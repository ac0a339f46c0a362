import { randomUUID } from "node:crypto";
import pg from "pg";
import { onTestFinished } from "vitest";

/** How the tests reach PostgreSQL: by its own variables (PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE), or as Debian starts it. */
export const postgresConfig = {
  host: process.env.PGHOST ?? "127.0.0.1",
  user: process.env.PGUSER ?? "postgres",
  database: process.env.PGDATABASE ?? "test",
  connectionTimeoutMillis: 10_000,
};

/** A schema of one test. */
export interface TestSchema {
  readonly schema: string;
  readonly pool: pg.Pool;
}

/** Creates a schema of its own for a test, which is dropped at the end of it. */
export async function createSchema(options: pg.PoolConfig = {}): Promise<TestSchema> {
  const pool = new pg.Pool({ ...postgresConfig, ...options });
  pool.on("error", () => {});
  const schema = `connectry_${randomUUID().replaceAll("-", "_")}`;
  try {
    await pool.query(`CREATE SCHEMA ${schema}`);
  } catch (error) {
    await pool.end();
    const { host, user, database } = postgresConfig;
    throw new Error(
      `the tests need PostgreSQL, such as version 15, with a database that they may write to, and "${database}" at ${host} as ${user} failed: ` +
        "install it (Debian: apt-get install postgresql, then createdb test), or set PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE",
      { cause: error },
    );
  }
  onTestFinished(async () => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`);
    await pool.end();
  });
  return { schema, pool };
}
