/**
 * What is asked of a client of PostgreSQL: a function that runs one statement. A `Pool`, `Client` or `PoolClient` of the package
 * `pg` is one as it is, and so is a PGlite. Another is wrapped, such as one of the package `postgres`:
 * `{ query: async (text, values) => ({ rows: await sql.unsafe(text, values) }) }`.
 */
export interface SqlClient {
  /**
   * Runs a statement whose parameters are `$1`, `$2` and so on, and resolves to its rows: objects with the names of the columns.
   * Rejects with the database's error.
   */
  query(text: string, values: (string | number)[]): Promise<{ readonly rows: readonly unknown[] }>;
}
