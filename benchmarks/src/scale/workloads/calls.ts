import type { Core } from "../load-core.ts";
import { type Random, zipf } from "../simulation/random.ts";
import { type Acme, acmeResponse, createAcme } from "./acme.ts";

type Connection = ReturnType<Core["createRedisConnection"]>;
type RateLimit =
  NonNullable<NonNullable<Parameters<Core["createConnector"]>[1]>["rateLimit"]> extends infer O
    ? O extends { readonly limits?: infer L }
      ? NonNullable<L>
      : never
    : never;

/** Calls that processes make with limits that they share. The simulation and real processes run the same. */
export interface CallsWorkload {
  readonly processes: number;
  /** So many callers of each process make one call after another. */
  readonly lanes: number;
  readonly limits: RateLimit;
  readonly leaseSize: number;
  /** Each tenant has the limits of its own; who is called is drawn by Zipf's law. */
  readonly tenants: number;
  readonly zipfExponent: number;
  /** How long the provider takes to respond. */
  readonly providerMs: number;
  /** How long a caller waits between two calls, on average; exponentially distributed. @default not at all */
  readonly thinkMs?: number;
  readonly durationMs: number;
}

/** What a process works with. */
export interface ProcessParts {
  readonly core: Core;
  readonly clock: Core["systemClock"];
  readonly connection: Connection;
  readonly random: Random;
  /** Responds to a call of a tenant: 429 with so many seconds of `Retry-After` where it returns a number. */
  readonly provider?: ((tenant: number, atMs: number) => number | undefined) | undefined;
}

/** What a process did. Times are those of its clock, in milliseconds. */
export interface CallsRun {
  /** When each call was sent to the provider, and for which tenant. */
  readonly sentAtMs: readonly number[];
  readonly tenants: readonly number[];
  /** How long each call took that ended within the time. */
  readonly tookMs: readonly number[];
  readonly failures: Readonly<Record<string, number>>;
  /** How often Redis did not reply in time, and the process went on with its part. */
  readonly outages: number;
}

// A tenant that no workload has.
const preparing = -1;

/** A process with a client for all tenants, that begins to call with `run`. */
export function callsProcess(workload: CallsWorkload, { core, clock, connection, random, provider }: ProcessParts) {
  const { lanes, limits, leaseSize, tenants, zipfExponent, providerMs, thinkMs = 0, durationMs } = workload;
  let outages = 0;
  const store = core.redisRateLimits({
    redis: connection,
    keySecret: "a secret of the scale runs",
    leaseSize,
    clock,
    onError: () => {
      outages += 1;
    },
  });
  const sentAtMs: number[] = [];
  const sentFor: number[] = [];
  const tookMs: number[] = [];
  const failures: Record<string, number> = {};
  const clients = new Map<number, Acme>();
  const clientOf = (tenant: number) => {
    const known = clients.get(tenant);
    if (known) return known;
    const created = createAcme(core, {
      auth: `sk_test_${tenant}`,
      rateLimit: { limits, store },
      concurrency: 10_000,
      deadlineMs: 600_000,
      clock,
      random,
      async transport() {
        const nowMs = clock.monotonic();
        sentAtMs.push(nowMs);
        sentFor.push(tenant);
        const retryAfterS = provider?.(tenant, nowMs);
        await clock.sleep(providerMs);
        return acmeResponse(retryAfterS);
      },
    });
    clients.set(tenant, created);
    return created;
  };
  const draw = tenants > 1 ? zipf(tenants, zipfExponent, random) : () => 0;

  return {
    /** One call of a tenant of its own, which does not count: from then on Redis knows the script of permits. */
    async prepare(): Promise<void> {
      await clientOf(preparing).GET("/things");
      sentAtMs.length = 0;
      sentFor.length = 0;
    },
    /** Calls for the time of the workload, and resolves to what was done until then. */
    async run(): Promise<CallsRun> {
      const endsAtMs = clock.monotonic() + durationMs;
      const lane = async () => {
        while (clock.monotonic() < endsAtMs) {
          if (thinkMs > 0) await clock.sleep(-Math.log(1 - random()) * thinkMs);
          const startedAtMs = clock.monotonic();
          if (startedAtMs >= endsAtMs) return;
          try {
            await clientOf(draw()).GET("/things");
          } catch (error) {
            const { name } = error as Error;
            failures[name] = (failures[name] ?? 0) + 1;
            // What fails at once would fail again for ever.
            if (clock.monotonic() === startedAtMs) throw error;
          }
          if (clock.monotonic() < endsAtMs) tookMs.push(clock.monotonic() - startedAtMs);
        }
      };
      const calling = Array.from({ length: lanes }, lane);
      await Promise.race([clock.sleep(durationMs), Promise.all(calling).then(() => clock.sleep(durationMs))]);
      return { sentAtMs: [...sentAtMs], tenants: [...sentFor], tookMs: [...tookMs], failures, outages };
    },
    close: () => store.close(),
  };
}
