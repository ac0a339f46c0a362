import { OauthError, ReauthorizationRequiredError } from "../../errors/oauth-errors.js";
import type { AddressVariables } from "../../pipeline/strategies.js";
import { unlessAborted } from "../../platform/abortable.js";
import { boundedMemo } from "../../platform/bounded-memo.js";
import type { Clock } from "../../platform/clock.js";
import type { Random } from "../../platform/random.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import type { AccountTokens } from "../server/account-tokens.js";
import type { TokenSeal } from "../store/token-seal.js";
import type { StoredTokens, TokenStore } from "../store/token-store.js";
import { accountRecords, type LoadedRecord } from "./account-records.js";
import { type AccountSlot, type HeldToken, isFresh, leftMs } from "./account-slot.js";
import { type HeldLease, holdLease } from "./hold-lease.js";
import { type MarkContext, markRefresh, unmarkRefresh } from "./mark-refresh.js";
import { storeUntilDone } from "./store-until-done.js";

/** What tokens are wanted. */
export interface TokenRequest {
  readonly account: string;
  /** Ends the wait of this caller, and nothing else. */
  readonly signal: AbortSignal;
  /** The access token that the provider rejected. */
  readonly refused?: string | undefined;
}

/** What a keeper is made of. */
export interface TokenKeeperOptions {
  /** Names the provider in keys, and in messages; and whether a refresh token may be used twice. */
  readonly provider: Pick<OauthFacts, "id" | "name"> & Partial<Pick<OauthFacts, "rotates" | "graceS">>;
  readonly store: TokenStore;
  readonly seal?: TokenSeal | undefined;
  /**
   * Gets other tokens from the provider: by the refresh token of the record, or anew. Rejects with an OauthError, of which
   * `invalid_grant` and `no-refresh-token` are final. Never repeats a request that may have been processed, unless that is harmless.
   */
  readonly renew: (account: string, record: LoadedRecord | undefined) => Promise<AccountTokens>;
  /** Called with tokens that were issued for an account that was removed in the meantime. */
  readonly discard?: ((tokens: AccountTokens) => Promise<void>) | undefined;
  readonly onReauthorizationRequired?: ((error: ReauthorizationRequiredError) => void) | undefined;
  /** How long a request for tokens may take. */
  readonly requestTimeoutMs: number;
  /** How long a failed refresh is not repeated. */
  readonly cooldownMs: number;
  readonly clock: Clock;
  readonly random: Random;
}

/** The access tokens of accounts: one refresh for each that expires or is rejected, in all processes with the same store. */
export interface TokenKeeper {
  get(request: TokenRequest): Promise<string>;
  /**
   * The parts of addresses that are the account's own: those of the token that this process holds, else those of the store. Rejects
   * with ReauthorizationRequiredError where there are none.
   */
  variables(account: string): Promise<AddressVariables>;
  /** When the access token was issued, on the monotonic clock, where this process holds it. */
  issuedAtMs(account: string, accessToken: string): number | undefined;
  /** Forgets what this process holds of an account. */
  forget(account: string): void;
}

/** The errors after which only a new consent helps: the provider does not accept the refresh token, or never issued one. */
const finalCodes = ["invalid_grant", "no-refresh-token"];
const firstPollMs = 25;
const maxPollMs = 500;
const firstPauseMs = 1_000;
/** A process that is stopped for longer than this many leases is given up. */
const abandonedLeases = 4;

/** Creates a keeper. */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { provider, store, seal, renew, requestTimeoutMs, cooldownMs, clock, random } = options;
  const records = accountRecords(provider.id, store, seal);
  // Longer than a request: while a response may still arrive, nobody else sends the same refresh token.
  const leaseMs = 1.5 * requestTimeoutMs;
  const marks: MarkContext = { provider, store, records, abandonedMs: abandonedLeases * leaseMs };
  const slots = boundedMemo((): AccountSlot => ({}), { neededMs: ({ work, unstored }) => (work || unstored ? 1 : 0) });

  const hold = ({ accessToken, variables, lifetimeMs }: AccountTokens, ageMs: number): HeldToken => ({
    accessToken,
    variables,
    lifetimeMs,
    issuedAtMs: clock.monotonic() - ageMs,
  });
  const failed = (account: string, code: string) =>
    new ReauthorizationRequiredError({ account, provider: provider.name, code });

  /** What the store has, as far as it can be used now. Throws where the provider rejected it a moment ago. */
  const read = async (account: string, refused: string | undefined) => {
    const record = await records.load(account);
    if (record?.failure !== undefined && record.ageMs < cooldownMs) throw failed(account, record.failure);
    const held = record && record.failure === undefined ? hold(record.tokens, record.ageMs) : undefined;
    const isUsable = !!held && held.accessToken !== refused && isFresh(held, clock);
    return { record, usable: isUsable ? held : undefined };
  };

  /** The provider's final no: stored, so that no process asks again at once. Another version means that there are new tokens. */
  const fail = async (account: string, record: LoadedRecord | undefined, { code }: OauthError): Promise<"changed"> => {
    const error = failed(account, code);
    if (record) {
      const next = await records.write(account, { tokens: record.tokens, failure: code });
      if (!(await store.put(records.keyOf(account), next, record.version))) return "changed";
    }
    if (record?.failure === undefined) options.onReauthorizationRequired?.(error);
    throw error;
  };

  /**
   * Stores new tokens; undefined where the account was changed in the meantime. Where the store is unavailable, that goes on while
   * they are used: this process has the only copy of a refresh token, and keeps the lease until the store has it.
   */
  const keep = async (
    account: string,
    tokens: AccountTokens,
    { record, lease }: { readonly record: LoadedRecord | undefined; readonly lease: HeldLease },
  ): Promise<HeldToken | undefined> => {
    const slot = slots.get(account);
    const held = hold(tokens, 0);
    let next: StoredTokens | undefined;
    const put = async () => {
      next ??= await records.write(account, { tokens });
      return store.put(records.keyOf(account), next, record?.version);
    };
    try {
      if (await put()) return held;
      // Removed, and not authorized again: nobody will use them.
      if (!(await records.load(account))) await options.discard?.(tokens);
      return undefined;
    } catch {
      slot.unstored = storeUntilDone(put, clock)
        .then((isStored) => {
          if (!isStored && slot.held === held) slot.held = undefined;
        })
        .catch(() => {})
        .finally(() => {
          slot.unstored = undefined;
          lease.release();
        });
      return held;
    }
  };

  /** One refresh under the lease. `again` where others have changed the account, so that it is read once more. */
  const refresh = async (
    account: string,
    refused: string | undefined,
    lease: HeldLease,
  ): Promise<HeldToken | "again"> => {
    const { record: stored, usable } = await read(account, refused);
    if (usable) return usable;
    const record = await markRefresh(account, stored, marks);
    if (stored && !record) return "again";
    // A process that was stopped in between must not send what another may have used since.
    if (lease.leftMs() < requestTimeoutMs) {
      await unmarkRefresh(account, record, marks);
      return "again";
    }
    try {
      const tokens = await renew(account, record);
      return (await keep(account, tokens, { record, lease })) ?? "again";
    } catch (error) {
      if (!OauthError.isInstance(error) || !finalCodes.includes(error.code)) {
        await unmarkRefresh(account, record, marks);
        throw error;
      }
      await fail(account, record, error);
      return "again";
    }
  };

  /** Finds tokens that can be used: in the store, or by a refresh, which one process at a time does. */
  const find = async (account: string, refused: string | undefined): Promise<HeldToken> => {
    const slot = slots.get(account);
    await slot.unstored;
    const first = await read(account, refused);
    if (first.usable) return first.usable;
    const endsAtMs = clock.monotonic() + 2 * leaseMs;
    for (let pollMs = firstPollMs; ; pollMs = Math.min(2 * pollMs, maxPollMs)) {
      const lease = await holdLease(store, records.keyOf(account), { leaseMs, clock });
      if (lease) {
        try {
          const held = await refresh(account, refused, lease);
          if (held !== "again") return held;
        } finally {
          if (!slot.unstored) lease.release();
        }
      } else if (clock.monotonic() > endsAtMs) {
        throw new OauthError("another process has been refreshing the tokens for too long", {
          provider: provider.name,
          code: "busy",
        });
      } else {
        await clock.sleep(pollMs * (0.5 + random() / 2));
        const { usable } = await read(account, refused);
        if (usable) return usable;
      }
    }
  };

  /** After a failure that is not final, calls fail at once for a while, or use a token that is not expired yet. */
  const pauseAfter = (slot: AccountSlot, error: unknown) => {
    if (!OauthError.isInstance(error) || ReauthorizationRequiredError.isInstance(error)) return;
    const failures = (slot.pause?.failures ?? 0) + 1;
    const delayMs = error.retryAfterMs ?? Math.min(firstPauseMs * 2 ** (failures - 1), cooldownMs);
    slot.pause = { untilMs: clock.monotonic() + delayMs, error, failures };
  };

  const begin = (account: string, slot: AccountSlot, refused: string | undefined): Promise<HeldToken> => {
    const work = find(account, refused).then(
      (held) => {
        slot.held = held;
        slot.pause = undefined;
        return held;
      },
      (error: unknown) => {
        if (ReauthorizationRequiredError.isInstance(error)) slot.held = undefined;
        pauseAfter(slot, error);
        throw error;
      },
    );
    slot.work = work.finally(() => {
      slot.work = undefined;
    });
    // All callers may have left.
    slot.work.catch(() => {});
    return slot.work;
  };

  return {
    async get({ account, signal, refused }) {
      const slot = slots.get(account);
      for (;;) {
        const { held, pause } = slot;
        const isAccepted = !!held && held.accessToken !== refused;
        if (isAccepted && isFresh(held, clock)) return held.accessToken;
        const isAlive = isAccepted && leftMs(held, clock) > 0;
        if (!slot.work && pause && clock.monotonic() < pause.untilMs) {
          if (isAlive) return held.accessToken;
          throw pause.error;
        }
        const isOwn = !slot.work;
        const work = slot.work ?? begin(account, slot, refused);
        try {
          const { accessToken } = await unlessAborted(work, signal);
          // Another caller's search may end with what this one was refused.
          if (isOwn || accessToken !== refused) return accessToken;
        } catch (error) {
          if (signal.aborted || !isAlive || ReauthorizationRequiredError.isInstance(error)) throw error;
          return held.accessToken;
        }
      }
    },
    async variables(account) {
      const tokens = slots.peek(account)?.held ?? (await records.load(account))?.tokens;
      if (!tokens) throw failed(account, "no-tokens");
      return tokens.variables ?? {};
    },
    issuedAtMs(account, accessToken) {
      const held = slots.peek(account)?.held;
      return held?.accessToken === accessToken ? held.issuedAtMs : undefined;
    },
    forget(account) {
      const slot = slots.peek(account);
      if (!slot) return;
      slot.held = undefined;
      slot.pause = undefined;
    },
  };
}
