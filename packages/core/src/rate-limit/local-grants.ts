import type { Clock } from "../platform/clock.js";
import { heldByKey } from "../platform/held-by-key.js";
import type { GrantSource } from "./grant-source.js";
import { reserveAll } from "./reserve-all.js";

/** Grants of this process alone. */
export function localGrants(clock: Clock): GrantSource {
  // What lies in the past says nothing.
  const limits = heldByKey(
    () => ({ tatMs: 0 }),
    ({ tatMs }) => tatMs <= clock.monotonic(),
  );
  return {
    reserve({ id }, _, shares) {
      const states = shares.map((share) => {
        const limit = limits(`${id} ${share.name}`);
        return { ...share, limit, tatMs: limit.tatMs };
      });
      return reserveAll(states, clock.monotonic(), ({ limit }, tatMs) => {
        limit.tatMs = tatMs;
      });
    },
  };
}
