import { type Clock, systemClock } from "../../platform/clock.js";
import type { StoredTokens, TokenStore } from "./token-store.js";

interface Entry extends StoredTokens {
  readonly storedAtMs: number;
}

interface Lease {
  readonly holder: string;
  readonly endsAtMs: number;
}

/** A store in the memory of this process, for tests, command lines and tokens that can be requested anew at any time. */
export function memoryTokens({ clock = systemClock }: { readonly clock?: Clock | undefined } = {}): TokenStore {
  const entries = new Map<string, Entry>();
  const leases = new Map<string, Lease>();
  /** Who has the lease of an account now. */
  const holderOf = (account: string) => {
    const lease = leases.get(account);
    return lease && lease.endsAtMs > clock.monotonic() ? lease.holder : undefined;
  };
  const take = (account: string, holder: string, leaseMs: number) => {
    leases.set(account, { holder, endsAtMs: clock.monotonic() + leaseMs });
    return true;
  };
  return {
    async get(account) {
      const entry = entries.get(account);
      if (!entry) return undefined;
      const { version, value, storedAtMs } = entry;
      return { version, value, ageMs: clock.monotonic() - storedAtMs };
    },
    async put(account, { version: nextVersion, value }, version) {
      const stored = entries.get(account)?.version;
      if (stored === nextVersion) return true;
      if (stored !== version) return false;
      entries.set(account, { version: nextVersion, value, storedAtMs: clock.monotonic() });
      return true;
    },
    async remove(account, version) {
      if (entries.get(account)?.version === version) entries.delete(account);
      return !entries.has(account);
    },
    claim: async (account, holder, leaseMs) =>
      (holderOf(account) ?? holder) === holder && take(account, holder, leaseMs),
    renew: async (account, holder, leaseMs) => holderOf(account) === holder && take(account, holder, leaseMs),
    async release(account, holder) {
      if (holderOf(account) === holder) leases.delete(account);
    },
  };
}
