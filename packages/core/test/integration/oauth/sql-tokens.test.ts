import { setTimeout as sleep } from "node:timers/promises";
import { describe } from "vitest";
import { createTables, sqlTokens } from "../../../../../examples/oauth/sql-tokens.js";
import { tokenStoreContract } from "../../oauth/token-store-contract.js";
import { createSchema } from "../../postgres.js";

describe("examples/oauth/sql-tokens.ts", () => {
  tokenStoreContract(async () => {
    const { pool } = await createSchema();
    await pool.query("drop table if exists oauth_tokens, oauth_leases");
    await pool.query(createTables);
    return { store: sqlTokens(pool), pass: (ms) => sleep(ms) };
  });
});
