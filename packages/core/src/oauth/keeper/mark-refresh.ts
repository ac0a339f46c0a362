import { OauthError } from "../../errors/oauth-errors.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import type { AccountTokens } from "../server/account-tokens.js";
import type { TokenStore } from "../store/token-store.js";
import type { AccountRecords, LoadedRecord } from "./account-records.js";

/** What marks depend on. */
export interface MarkContext {
  readonly provider: Pick<OauthFacts, "name"> & Partial<Pick<OauthFacts, "rotates" | "graceS">>;
  readonly store: TokenStore;
  readonly records: AccountRecords;
  /** For how long, in milliseconds, a process that was stopped may still come back with the response, by the clock of the store. */
  readonly abandonedMs: number;
}

/** The tokens of a record as they are now: stored again, their age begins anew. */
function agedTokens({ tokens, ageMs }: LoadedRecord): AccountTokens {
  const { lifetimeMs } = tokens;
  return lifetimeMs === undefined ? tokens : { ...tokens, lifetimeMs: Math.max(0, lifetimeMs - ageMs) };
}

/** Stores a record with a mark, or without one; undefined where it was changed in the meantime. */
async function replace(
  account: string,
  { record, isSending }: { readonly record: LoadedRecord; readonly isSending: boolean },
  { store, records }: MarkContext,
): Promise<LoadedRecord | undefined> {
  const { failure } = record;
  const next = { tokens: agedTokens(record), failure, ...(isSending && { isSending }) };
  const stored = await records.write(account, next);
  const isStored = await store.put(records.keyOf(account), stored, record.version);
  return isStored ? { ...next, version: stored.version, ageMs: 0 } : undefined;
}

/**
 * Marks, before a refresh token is sent that may be used only once, that it is about to be: a process that is stopped after that may
 * hold the only copy of the new tokens. Returns the record as it is to be replaced, and undefined where it was changed in the
 * meantime. Rejects with OauthError while another process may still come back with the response: sent twice, the token would look stolen,
 * and the provider would revoke what that process holds. Within the provider's grace it may be sent again.
 */
export async function markRefresh(
  account: string,
  record: LoadedRecord | undefined,
  context: MarkContext,
): Promise<LoadedRecord | undefined> {
  const { name, rotates, graceS = 0 } = context.provider;
  if (!record?.tokens.refreshToken || rotates === false) return record;
  const isUnfinished = record.isSending && record.ageMs >= graceS * 1_000 && record.ageMs < context.abandonedMs;
  if (isUnfinished) {
    throw new OauthError("another process has not finished its refresh", { provider: name, code: "response-lost" });
  }
  return replace(account, { record, isSending: true }, context);
}

/** Removes the mark after a refresh that failed. Where the store is unavailable, the mark ends by itself. */
export async function unmarkRefresh(account: string, record: LoadedRecord | undefined, context: MarkContext) {
  if (record?.isSending) await replace(account, { record, isSending: false }, context).catch(() => undefined);
}
