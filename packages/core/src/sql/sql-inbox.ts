import { batched } from "../platform/batched.js";
import { randomUuid } from "../platform/random.js";
import { platformDigests } from "../webhooks/crypto/platform-digests.js";
import { defaultKeepMs, type HeldClaim, type Inbox } from "../webhooks/inbox/inbox.js";
import { ClaimLostError } from "./claim-lost-error.js";
import { inboxStatements } from "./inbox-statements.js";
import { defaultTable } from "./inbox-table.js";
import type { SqlClient } from "./sql-client.js";

/** Options of an inbox in PostgreSQL. */
export interface SqlInboxOptions {
  /** The table that `createInboxTable` creates, with its schema where that is needed. @default "connectry_inbox" */
  readonly table?: string;
  /** How long an event is remembered, in milliseconds. Then its row is deleted with a later claim. @default 76 hours */
  readonly keepMs?: number;
}

/** An inbox in a database. */
export interface SqlInbox extends Inbox {
  /**
   * Records in a handler's transaction that the event was processed, so that its effects and this are committed together, or
   * neither is. Does nothing where `claim` is undefined, because nothing identifies the event.
   * @throws ClaimLostError where another delivery of the event may be processed: let it reject, and the transaction roll back.
   */
  completeIn(transaction: SqlClient, claim: HeldClaim | undefined): Promise<void>;
}

interface ClaimRow {
  readonly key: string;
  readonly token: string | null;
  readonly response: string | null;
  readonly left_ms: number | string;
  readonly is_claimed: boolean;
}

// A row that is locked, or that another caller inserts at this moment.
const lockedRetryMs = 1_000;

/** The key as it is stored: text that every encoding has and that an index can hold, and otherwise its hash. */
async function storedKey(key: string): Promise<string> {
  if (/^[ -~]{1,500}$/.test(key)) return key;
  return `sha256:${await platformDigests().hash("SHA-256", [JSON.stringify(key)], "hex")}`;
}

/**
 * An inbox for several processes, in PostgreSQL, in a table that `createInboxTable` creates. A handler that calls
 * `completeIn` in its transaction has each effect once, even if its process is killed or suspended. Claims are committed at once,
 * outside of it: `client` must not be the client of a transaction. Methods reject with the client's errors; give it timeouts.
 * @throws ConfigurationError where `table` cannot be the name of a table.
 */
export function sqlInbox(client: SqlClient, options: SqlInboxOptions = {}): SqlInbox {
  const { table = defaultTable, keepMs = defaultKeepMs } = options;
  const statements = inboxStatements(table);
  const runAll = async (statement: string, items: readonly unknown[]) =>
    (await client.query(statement, [JSON.stringify(items)])).rows;

  const claim = batched(
    async (items: readonly { readonly key: string; readonly token: string; readonly ms: number }[]) => {
      const rows = (await runAll(statements.claim, items)) as readonly ClaimRow[];
      const claimed = new Set(rows.filter((row) => row.is_claimed).map(({ token }) => token));
      const known = new Map(rows.filter((row) => !row.is_claimed).map((row) => [row.key, row]));
      return items.map(({ key, token }) => (claimed.has(token) ? "claimed" : known.get(key)));
    },
  );
  const renew = batched(
    async (items: readonly { readonly key: string; readonly token: string; readonly ms: number }[]) => {
      const rows = (await runAll(statements.renew, items)) as readonly { readonly token: string }[];
      const held = new Set(rows.map(({ token }) => token));
      return items.map(({ token }) => held.has(token));
    },
  );
  const complete = batched(
    async (items: readonly { readonly key: string; readonly response: string | undefined }[]) => {
      await runAll(
        statements.complete,
        items.map((item) => ({ ...item, ms: keepMs })),
      );
      return items.map(() => undefined);
    },
  );

  return {
    async claim(key, leaseMs) {
      const token = randomUuid();
      const result = await claim({ key: await storedKey(key), token, ms: leaseMs });
      if (result === "claimed") return { kind: "claimed", token };
      if (result === undefined) return { kind: "busy", retryAfterMs: Math.min(leaseMs, lockedRetryMs) };
      if (result.token !== null) return { kind: "busy", retryAfterMs: Number(result.left_ms) };
      return result.response === null ? { kind: "done" } : { kind: "done", response: result.response };
    },
    renew: async (key, token, leaseMs) => renew({ key: await storedKey(key), token, ms: leaseMs }),
    // Also where the claim was lost: the event is processed, even if another process has claimed it since.
    complete: async (key, _token, response) => complete({ key: await storedKey(key), response }),
    release: async (key, token) => void (await client.query(statements.release, [await storedKey(key), token])),
    forget: async (key) => void (await client.query(statements.forget, [await storedKey(key)])),
    async completeIn(transaction, claim) {
      if (claim === undefined) return;
      const { key, token } = claim;
      const { rows } = await transaction.query(statements.completeIn, [await storedKey(key), token, keepMs]);
      if (rows.length === 0) {
        throw new ClaimLostError(
          `The claim of ${key} is lost, because its lease ended or the event was forgotten: roll back, and the next delivery is processed.`,
        );
      }
    },
  };
}
