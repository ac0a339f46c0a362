import { quoteTable } from "./inbox-table.js";

/** The statements of an inbox. Those for several events take them as one JSON text, which every client sends alike. */
export interface InboxStatements {
  /** `[{ key, token, ms }]`. Returns the events that were claimed, with their tokens, and those that were known. */
  readonly claim: string;
  /** `[{ key, token, ms }]`. Returns the claims that are held. */
  readonly renew: string;
  /** `[{ key, response, ms }]` */
  readonly complete: string;
  /** key, token, ms. Returns a row where the claim was held. */
  readonly completeIn: string;
  /** key, token */
  readonly release: string;
  /** key */
  readonly forget: string;
}

const read = "FROM json_to_recordset($1::text::json) AS item";
const after = (ms: string) => `now() + ${ms} * interval '1 millisecond'`;

// How many expired rows a claim deletes. It adds one or more, so the table does not grow.
const maxSwept = 100;

/**
 * The statements for a table. None but `completeIn` and `forget` waits for a row: one that is locked is being completed in the
 * transaction of a handler, which may take long. Such a claim is neither taken over nor deleted, even if its lease has ended.
 * https://www.postgresql.org/docs/15/sql-select.html#SQL-FOR-UPDATE-SHARE
 */
export function inboxStatements(name: string): InboxStatements {
  const { table } = quoteTable(name);
  return {
    claim: `
WITH asked AS (SELECT * ${read} (key text, token text, ms float8)),
known AS (SELECT stored.* FROM ${table} stored JOIN asked USING (key)),
expired AS (
  SELECT stored.key FROM ${table} stored WHERE stored.key IN (SELECT key FROM asked) AND stored.expires_at <= now()
  FOR UPDATE SKIP LOCKED
),
updated AS (
  UPDATE ${table} stored SET token = asked.token, response = NULL, expires_at = ${after("asked.ms")}
  FROM asked JOIN expired USING (key) WHERE stored.key = expired.key
  RETURNING stored.key, stored.token
),
inserted AS (
  INSERT INTO ${table} (key, token, expires_at)
  SELECT key, token, ${after("ms")} FROM asked WHERE key NOT IN (SELECT key FROM known) ORDER BY key
  ON CONFLICT (key) DO NOTHING
  RETURNING key, token
),
swept AS (
  DELETE FROM ${table} WHERE key = ANY (ARRAY(
    SELECT stored.key FROM ${table} stored WHERE stored.expires_at <= now() AND stored.key NOT IN (SELECT key FROM asked)
    LIMIT ${maxSwept} FOR UPDATE SKIP LOCKED
  ))
)
SELECT key, token, NULL AS response, 0::float8 AS left_ms, true AS is_claimed FROM updated
UNION ALL SELECT key, token, NULL, 0, true FROM inserted
UNION ALL SELECT key, token, response, ceil(extract(epoch FROM expires_at - now()) * 1000)::float8, false
FROM known WHERE expires_at > now()`,
    // A claim whose row is locked is held, too.
    renew: `
WITH asked AS (SELECT * ${read} (key text, token text, ms float8)),
held AS (SELECT stored.key, stored.token FROM ${table} stored JOIN asked USING (key, token)),
free AS (
  SELECT stored.key, asked.ms FROM ${table} stored JOIN asked USING (key, token) FOR UPDATE OF stored SKIP LOCKED
),
renewed AS (
  UPDATE ${table} stored SET expires_at = ${after("free.ms")} FROM free WHERE stored.key = free.key
)
SELECT key, token FROM held`,
    complete: `
WITH asked AS (SELECT * ${read} (key text, response text, ms float8)),
free AS (
  SELECT stored.key, asked.response, asked.ms FROM ${table} stored JOIN asked USING (key)
  WHERE stored.token IS NOT NULL OR asked.response IS NOT NULL
  FOR UPDATE OF stored SKIP LOCKED
),
updated AS (
  UPDATE ${table} stored SET token = NULL, response = free.response, expires_at = ${after("free.ms")}
  FROM free WHERE stored.key = free.key
)
INSERT INTO ${table} (key, response, expires_at)
SELECT key, response, ${after("ms")} FROM asked
WHERE NOT EXISTS (SELECT FROM ${table} stored WHERE stored.key = asked.key) ORDER BY key
ON CONFLICT (key) DO NOTHING`,
    completeIn: `
UPDATE ${table} SET token = NULL, response = NULL, expires_at = ${after("$3::float8")}
WHERE key = $1::text AND token = $2::text RETURNING key`,
    release: `
DELETE FROM ${table} WHERE key = ANY (ARRAY(
  SELECT key FROM ${table} WHERE key = $1::text AND token = $2::text FOR UPDATE SKIP LOCKED
))`,
    forget: `DELETE FROM ${table} WHERE key = $1::text`,
  };
}
