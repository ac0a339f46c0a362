import type { Clock } from "../../platform/clock.js";
import { randomUuid } from "../../platform/random.js";
import type { TokenStore } from "../store/token-store.js";

/** A lease that this process has, or had. */
export interface HeldLease {
  /** For how many milliseconds it is certainly still ours: a process may have been stopped for any time. */
  leftMs(): number;
  /** Ends the renewals, and gives the lease back. */
  release(): void;
}

/** Takes the lease of an account and renews it until it is released; undefined where another process has it. */
export async function holdLease(
  store: TokenStore,
  key: string,
  { leaseMs, clock }: { readonly leaseMs: number; readonly clock: Clock },
): Promise<HeldLease | undefined> {
  const holder = randomUuid();
  const claimedAtMs = clock.monotonic();
  if (!(await store.claim(key, holder, leaseMs))) return undefined;
  let endsAtMs = claimedAtMs + leaseMs;
  let isOver = false;
  const renew = async () => {
    const startedAtMs = clock.monotonic();
    // A lease that was lost is not taken again: another process may be refreshing.
    const isRenewed = await store.renew(key, holder, leaseMs).catch(() => false);
    if (isRenewed) endsAtMs = startedAtMs + leaseMs;
    if (!isOver) cancel = clock.schedule(leaseMs / 3, renew);
  };
  let cancel = clock.schedule(leaseMs / 3, renew);
  return {
    leftMs: () => endsAtMs - clock.monotonic(),
    release() {
      isOver = true;
      cancel();
      store.release(key, holder).catch(() => {
        // It expires by itself.
      });
    },
  };
}
