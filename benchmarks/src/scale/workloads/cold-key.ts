import type { SimulatedParts } from "../simulation/simulate-processes.ts";
import { acmeResponse, createAcme } from "./acme.ts";

/** Processes that all need one response that is in no cache yet. */
export interface ColdKeyWorkload {
  readonly processes: number;
  /** Calls of each process at once. */
  readonly callers: number;
  readonly providerMs: number;
}

/** What a process did. */
export interface ColdKeyRun {
  /** Requests of this process to the provider. */
  readonly requests: number;
  readonly tookMs: readonly number[];
}

/** A process that makes its calls once. */
export function coldKeyProcess(
  { callers, providerMs }: ColdKeyWorkload,
  { core, clock, connection, random }: SimulatedParts,
): () => Promise<ColdKeyRun> {
  const cache = core.tieredCache({
    store: core.redisCacheStore(connection),
    keySecret: "a secret of the scale runs",
  });
  let requests = 0;
  const acme = createAcme(core, {
    auth: "sk_test_1",
    cache,
    rateLimit: false,
    clock,
    random,
    async transport() {
      requests += 1;
      await clock.sleep(providerMs);
      return acmeResponse();
    },
  });
  return async () => {
    const startedAtMs = clock.monotonic();
    const call = async () => {
      await acme.GET("/things", { cache: { ttlMs: 60_000 } });
      return clock.monotonic() - startedAtMs;
    };
    const tookMs = await Promise.all(Array.from({ length: callers }, call));
    return { requests, tookMs };
  };
}
