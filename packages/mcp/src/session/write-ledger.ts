import type { CallResult } from "./call-result.js";

/** A write that was begun in this session. */
interface Entry {
  /** What it was called with. */
  readonly fingerprint: string;
  result: Promise<CallResult> | undefined;
}

/** What a session already did of a write. */
export type Claim =
  /** It is this caller's, under this idempotency key. */
  | { readonly kind: "own"; readonly settle: (result: Promise<CallResult>) => void }
  /** It was begun before: this is its result. */
  | { readonly kind: "repeat"; readonly result: Promise<CallResult> }
  /** The id was used for another write. */
  | { readonly kind: "conflict" };

/** The writes of a session that would do harm if they were applied twice. */
export interface WriteLedger {
  claim(write: { readonly key: string; readonly fingerprint: string }): Claim;
}

const maxEntries = 2_000;

/**
 * Creates the ledger of a session. A write whose result was an error that was not applied is forgotten, so that it can be sent again; so is
 * one whose outcome is unknown where the provider deduplicates it by its key.
 */
export function createWriteLedger(): WriteLedger {
  const entries = new Map<string, Entry>();
  return {
    claim({ key, fingerprint }) {
      const known = entries.get(key);
      if (known !== undefined && known.fingerprint !== fingerprint) return { kind: "conflict" };
      if (known?.result !== undefined) return { kind: "repeat", result: known.result };
      const entry: Entry = { fingerprint, result: undefined };
      entries.set(key, entry);
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string);
      return {
        kind: "own",
        settle(result) {
          entry.result = result;
          const forget = () => {
            // The fingerprint stays: the id still names this write.
            entry.result = undefined;
          };
          result.then(({ mayRepeat }) => mayRepeat && forget(), forget);
        },
      };
    },
  };
}
