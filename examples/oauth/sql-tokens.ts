// A store of tokens in PostgreSQL, for accounts that have their other data there. Times are those of the server.
import type { TokenStore } from "@connectry/core/oauth";
import type { Pool } from "pg";

/** Run it once, as a migration. */
export const createTables = `
create table if not exists oauth_tokens (
  account text primary key,
  version text not null,
  value text not null,
  stored_at timestamptz not null default clock_timestamp()
);
create table if not exists oauth_leases (
  account text primary key,
  holder text not null,
  ends_at timestamptz not null
)`;

export function sqlTokens(pool: Pick<Pool, "query">): TokenStore {
  const isDone = async (statement: string, values: unknown[]) =>
    ((await pool.query(statement, values)).rowCount ?? 0) > 0;
  return {
    async get(account) {
      const { rows } = await pool.query(
        `select version, value, extract(epoch from clock_timestamp() - stored_at) * 1000 as age_ms
         from oauth_tokens where account = $1`,
        [account],
      );
      const [row] = rows;
      return row && { version: row.version, value: row.value, ageMs: Math.max(0, Number(row.age_ms)) };
    },
    // One statement is one transaction: the row is locked while its version is compared.
    async put(account, { version, value }, before) {
      const isStored =
        before === undefined
          ? await isDone(
              `insert into oauth_tokens (account, version, value) values ($1, $2, $3) on conflict (account) do nothing`,
              [account, version, value],
            )
          : await isDone(
              `update oauth_tokens set version = $2, value = $3, stored_at = clock_timestamp()
               where account = $1 and version = $4`,
              [account, version, value, before],
            );
      // The reply to the same write may have been lost.
      return isStored || isDone(`select 1 from oauth_tokens where account = $1 and version = $2`, [account, version]);
    },
    async remove(account, version) {
      await pool.query(`delete from oauth_tokens where account = $1 and version = $2`, [account, version]);
      return !(await isDone(`select 1 from oauth_tokens where account = $1`, [account]));
    },
    claim: (account, holder, leaseMs) =>
      isDone(
        `insert into oauth_leases (account, holder, ends_at)
         values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         on conflict (account) do update set holder = excluded.holder, ends_at = excluded.ends_at
         where oauth_leases.holder = excluded.holder or oauth_leases.ends_at <= clock_timestamp()`,
        [account, holder, leaseMs],
      ),
    renew: (account, holder, leaseMs) =>
      isDone(
        `update oauth_leases set ends_at = clock_timestamp() + $3 * interval '1 millisecond'
         where account = $1 and holder = $2 and ends_at > clock_timestamp()`,
        [account, holder, leaseMs],
      ),
    async release(account, holder) {
      await pool.query(`delete from oauth_leases where account = $1 and holder = $2`, [account, holder]);
    },
  };
}
