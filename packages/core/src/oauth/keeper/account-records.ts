import { randomUuid } from "../../platform/random.js";
import type { AccountRecord } from "../server/account-tokens.js";
import type { TokenSeal } from "../store/token-seal.js";
import type { StoredTokens, TokenStore } from "../store/token-store.js";

/** A record as it was read. */
export interface LoadedRecord extends AccountRecord {
  readonly version: string;
  readonly ageMs: number;
}

/** The records of the accounts of one provider in a store. */
export interface AccountRecords {
  load(account: string): Promise<LoadedRecord | undefined>;
  /** A record as it is stored, with a version of its own. */
  write(account: string, record: AccountRecord): Promise<StoredTokens>;
  /** The name of an account in the store. */
  keyOf(account: string): string;
}

/** Reads and writes records in a store, sealed where there is a seal. */
export function accountRecords(providerId: string, store: TokenStore, seal: TokenSeal | undefined): AccountRecords {
  const keyOf = (account: string) => `${providerId}:${account}`;
  return {
    keyOf,
    async load(account) {
      const key = keyOf(account);
      const stored = await store.get(key);
      if (!stored) return undefined;
      const { version, value, ageMs } = stored;
      const text = seal ? await seal.open(value, key) : value;
      return { ...(JSON.parse(text) as AccountRecord), version, ageMs };
    },
    async write(account, record) {
      const text = JSON.stringify(record);
      return { version: randomUuid(), value: seal ? await seal.seal(text, keyOf(account)) : text };
    },
  };
}
