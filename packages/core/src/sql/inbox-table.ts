import { ConfigurationError } from "../errors/connectry-error.js";

/** The name of the table of an inbox where none is given. */
export const defaultTable = "connectry_inbox";

// A name, or the names of a schema and a table. It is quoted, so that it means the same in every statement.
const format = /^(?:([a-z_][a-z0-9_]{0,62})\.)?([a-z_][a-z0-9_]{0,45})$/;

/**
 * The parts of a table's name, ready for a statement.
 * @throws ConfigurationError where the name is not in lower case, or has other characters than letters, digits and `_`.
 */
export function quoteTable(table: string): { readonly table: string; readonly index: string } {
  const [found, schema, name] = format.exec(table) ?? [];
  if (found === undefined) {
    throw new ConfigurationError(
      `table must be a name such as "inbox" or "webhooks.inbox", of a-z, 0-9 and _, up to 46 characters, got ${JSON.stringify(table)}`,
    );
  }
  return { table: schema === undefined ? `"${name}"` : `"${schema}"."${name}"`, index: `"${name}_expires_at"` };
}

/**
 * The statements that create the table of an inbox and its index, where they do not exist: run them in a migration. A row holds
 * an event: the token of its claim, or null where it was processed, and until when that counts.
 * @throws ConfigurationError where `table` cannot be the name of a table.
 */
export function createInboxTable(table: string = defaultTable): string {
  const quoted = quoteTable(table);
  return `CREATE TABLE IF NOT EXISTS ${quoted.table} (
  key text PRIMARY KEY,
  token text,
  response text,
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS ${quoted.index} ON ${quoted.table} (expires_at);
`;
}
