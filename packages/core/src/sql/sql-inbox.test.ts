import type { PoolClient } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { createSchema } from "../../test/postgres.js";
import { harness, paid, secret } from "../../test/webhooks/harness.js";
import { signWebhook, stripe } from "../webhooks/index.js";
import { ClaimLostError, createInboxTable, type SqlClient, type SqlInboxOptions, sqlInbox } from "./index.js";

const key = "stripe:evt_1";

/** An inbox in a schema of its own, whose statements are counted, and a table of effects. */
async function setUp(options: SqlInboxOptions = {}) {
  const { schema, pool } = await createSchema();
  const table = `${schema}.inbox`;
  await pool.query(createInboxTable(table));
  await pool.query(`CREATE TABLE ${schema}.effects (id text NOT NULL)`);
  const statements: string[] = [];
  const client: SqlClient = {
    query(text, values) {
      statements.push(text);
      return pool.query(text, values);
    },
  };
  const inbox = sqlInbox(client, { table, ...options });
  /** Ends the lease or the memory of an event. */
  const expire = (of = key) => pool.query(`UPDATE ${table} SET expires_at = now() WHERE key = $1`, [of]);
  const effects = async () =>
    (await pool.query(`SELECT id FROM ${schema}.effects ORDER BY id`)).rows.map(({ id }) => id);
  const begin = async (): Promise<PoolClient> => {
    const transaction = await pool.connect();
    onTestFinished(async () => {
      await transaction.query("ROLLBACK").catch(() => {});
      transaction.release();
    });
    await transaction.query("BEGIN");
    return transaction;
  };
  const affect = (transaction: PoolClient, id: string) =>
    transaction.query(`INSERT INTO ${schema}.effects VALUES ($1)`, [id]);
  return { schema, pool, table, inbox, statements, expire, effects, begin, affect };
}

type Setup = Awaited<ReturnType<typeof setUp>>;

async function claimOf({ inbox }: Setup, of = key) {
  const claim = await inbox.claim(of, 60_000);
  if (claim.kind !== "claimed") throw new Error("not claimed");
  return { key: of, token: claim.token };
}

test("in PostgreSQL a claim of an event is won, renewed, released, completed and forgotten", async () => {
  const made = await setUp();
  const { inbox } = made;
  const claim = await claimOf(made);
  const busy = await inbox.claim(key, 60_000);
  expect(busy.kind === "busy" && busy.retryAfterMs).toBeGreaterThan(55_000);
  expect(await inbox.renew(key, "another's token", 1)).toBe(false);
  expect(await inbox.renew(key, claim.token, 90_000)).toBe(true);
  const renewed = await inbox.claim(key, 60_000);
  expect(renewed.kind === "busy" && renewed.retryAfterMs).toBeGreaterThan(85_000);
  await inbox.release(key, "another's token");
  expect(await inbox.claim(key, 1)).toMatchObject({ kind: "busy" });
  await inbox.release(key, claim.token);
  const again = await claimOf(made);
  await inbox.complete(key, again.token);
  expect(await inbox.claim(key, 60_000)).toEqual({ kind: "done" });
  expect(await inbox.renew(key, again.token, 60_000)).toBe(false);
  await inbox.complete("stripe:evt_2", "a token", '[200,[],"PFJlc3BvbnNlLz4="]');
  expect(await inbox.claim("stripe:evt_2", 1)).toEqual({ kind: "done", response: '[200,[],"PFJlc3BvbnNlLz4="]' });
  await inbox.forget(key);
  expect(await inbox.claim(key, 60_000)).toMatchObject({ kind: "claimed" });
  await inbox.forget(key);
  expect(await inbox.claim(key, 60_000)).toMatchObject({ kind: "claimed" });
});

test("R39: events are remembered for 76 hours, and a claim whose lease has ended goes to the next caller", async () => {
  const made = await setUp();
  const { inbox, pool, table, expire } = made;
  const first = await claimOf(made);
  await expire();
  const second = await claimOf(made);
  expect(await inbox.renew(key, first.token, 60_000)).toBe(false);
  await inbox.release(key, first.token);
  expect(await inbox.renew(key, second.token, 60_000)).toBe(true);
  await inbox.complete(key, second.token);
  const { rows } = await pool.query(
    `SELECT extract(epoch FROM expires_at - now())::float8 / 3600 AS hours FROM ${table}`,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0].hours).toBeCloseTo(76, 1);
  await expire();
  expect(await inbox.claim(key, 60_000)).toMatchObject({ kind: "claimed" });
});

test("events that are no longer remembered are deleted with later claims, so that the table does not grow", async () => {
  const made = await setUp();
  const { pool, table } = made;
  await pool.query(`INSERT INTO ${table} SELECT 'old:' || n, NULL, NULL, now() FROM generate_series(1, 250) AS n`);
  const count = async () => Number((await pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count);
  for (const [id, expected] of Object.entries({ a: 151, b: 52, c: 3 })) {
    await claimOf(made, id);
    expect(await count()).toBe(expected);
  }
});

test("R39: one of many concurrent claims of an event wins, in any number of connections", async () => {
  const { inbox, table, pool } = await setUp();
  const other = sqlInbox(pool, { table });
  for (let round = 0; round < 20; round += 1) {
    const claims = Array.from({ length: 20 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index % 4));
      return (index % 2 ? inbox : other).claim(`stripe:${round}`, 60_000);
    });
    const kinds = (await Promise.all(claims)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual([...Array.from({ length: 19 }, () => "busy"), "claimed"]);
  }
});

test("claims, renewals and completions of 1,000 events cost one statement each", async () => {
  const { inbox, statements } = await setUp();
  const keys = Array.from({ length: 1_000 }, (_, index) => `sendgrid:${index}`);
  const claims = await Promise.all(keys.map((of) => inbox.claim(of, 60_000)));
  const tokens = claims.map((claim) => (claim.kind === "claimed" ? claim.token : ""));
  expect(await Promise.all(keys.map((of, index) => inbox.renew(of, tokens[index] ?? "", 60_000)))).not.toContain(false);
  await Promise.all(keys.map((of, index) => inbox.complete(of, tokens[index] ?? "", `response ${index}`)));
  expect((await Promise.all(keys.map((of) => inbox.claim(of, 1))))[999]).toEqual({
    kind: "done",
    response: "response 999",
  });
  expect(statements).toHaveLength(4);
});

test("R39: an effect and its completion are committed together, and rolled back together", async () => {
  const made = await setUp();
  const { inbox, effects, begin, affect } = made;
  const claim = await claimOf(made);
  const undone = await begin();
  await affect(undone, "undone");
  await inbox.completeIn(undone, claim);
  await undone.query("ROLLBACK");
  expect([await effects(), (await inbox.claim(key, 1)).kind]).toEqual([[], "busy"]);

  const transaction = await begin();
  await affect(transaction, "evt_1");
  await inbox.completeIn(transaction, claim);
  // The handler has not ended: the claim is neither lost nor available, and nobody waits for its row.
  expect(await inbox.renew(key, claim.token, 60_000)).toBe(true);
  expect((await inbox.claim(key, 60_000)).kind).toBe("busy");
  await transaction.query("COMMIT");
  expect([await effects(), await inbox.claim(key, 1)]).toEqual([["evt_1"], { kind: "done" }]);
});

test("R39: a claim that is being completed is not taken over, swept or released when its lease has ended", async () => {
  const made = await setUp();
  const { inbox, effects, begin, affect, expire } = made;
  const claim = await claimOf(made);
  await expire();
  const transaction = await begin();
  await affect(transaction, "evt_1");
  await inbox.completeIn(transaction, claim);
  expect(await inbox.claim(key, 60_000)).toEqual({ kind: "busy", retryAfterMs: 1_000 });
  await claimOf(made, "another event, whose claim deletes expired rows");
  await inbox.release(key, claim.token);
  await inbox.complete(key, claim.token);
  await transaction.query("COMMIT");
  expect([await effects(), await inbox.claim(key, 1)]).toEqual([["evt_1"], { kind: "done" }]);
});

test("R39: a handler whose claim is lost cannot complete it, and its effect is rolled back", async () => {
  const made = await setUp();
  const { inbox, effects, begin, affect, expire } = made;
  const late = await claimOf(made);
  const transaction = await begin();
  await affect(transaction, "late");
  await expire();
  const current = await claimOf(made);
  await expect(inbox.completeIn(transaction, late)).rejects.toThrow(ClaimLostError);
  await transaction.query("ROLLBACK");
  const second = await begin();
  await affect(second, "current");
  await inbox.completeIn(second, current);
  await second.query("COMMIT");
  expect(await effects()).toEqual(["current"]);
  await inbox.forget(key);
  const third = await begin();
  await expect(inbox.completeIn(third, current)).rejects.toThrow(/The claim of stripe:evt_1 is lost/);
});

test("R39: a handler completes its claim in its own transaction, and a duplicate gets its response", async () => {
  const { inbox, pool, effects, affect } = await setUp();
  let runs = 0;
  const { handler } = harness(stripe, {
    inbox,
    otherwise: async ({ id }, { claim }) => {
      runs += 1;
      const transaction = await pool.connect();
      try {
        await transaction.query("BEGIN");
        await affect(transaction, id);
        await inbox.completeIn(transaction, claim);
        if (runs === 1) throw new Error("no");
        await transaction.query("COMMIT");
      } catch (error) {
        await transaction.query("ROLLBACK");
        throw error;
      } finally {
        transaction.release();
      }
      return new Response("thanks");
    },
  });
  const send = async () => {
    const response = await handler(await signWebhook(stripe, paid, { secret }));
    return [response.status, await response.text()];
  };
  expect(await send()).toEqual([500, '{"error":"handler-failed"}']);
  expect(await effects()).toEqual([]);
  expect(await send()).toEqual([200, "thanks"]);
  expect(await send()).toEqual([200, "thanks"]);
  expect([runs, await effects()]).toEqual([2, ["evt_1"]]);
});

test("an event that nothing identifies has no claim, and `completeIn` does nothing", async () => {
  const { inbox, begin, statements } = await setUp();
  await inbox.completeIn(await begin(), undefined);
  expect(statements).toEqual([]);
});

test.each([
  ["10,000 characters", "x".repeat(10_000)],
  ["NUL", "a\0b"],
  ["half a surrogate pair", "a\ud800"],
  ["quotes", `a'"\\$1`],
  ["another script", "Grüße 你好"],
])("a key with %s is an event of its own", async (_, id) => {
  const made = await setUp();
  const claim = await claimOf(made, id);
  await claimOf(made, `${id}!`);
  expect(await made.inbox.renew(id, claim.token, 60_000)).toBe(true);
  await made.inbox.completeIn(await made.begin(), claim);
  await made.inbox.complete(id, claim.token);
  expect(await made.inbox.claim(id, 1)).toMatchObject({ kind: "busy" });
});

test.each(["", "inbox; DROP TABLE a", 'a"b', "Inbox", "a.b.c", "x".repeat(47)])(
  "a table cannot be named %j",
  (table) => {
    const client = { query: () => Promise.reject(new Error("asked")) };
    expect(() => sqlInbox(client, { table })).toThrow(/table must be a name such as/);
    expect(() => createInboxTable(table)).toThrow(/table must be a name such as/);
  },
);

test("the table can be created again, and the default one has the name that the inbox expects", async () => {
  const { schema, pool, table } = await setUp();
  await pool.query(createInboxTable(table));
  const client = await pool.connect();
  onTestFinished(() => client.release());
  await client.query(`SET search_path TO ${schema}`);
  await client.query(createInboxTable());
  expect(await sqlInbox(client).claim(key, 1)).toMatchObject({ kind: "claimed" });
  await client.query("RESET search_path");
});

test("an inbox rejects with the error of its client", async () => {
  const { pool } = await setUp();
  await expect(sqlInbox(pool, { table: "no_such_table" }).claim(key, 1)).rejects.toThrow(/no_such_table/);
});
