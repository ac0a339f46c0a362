import type { Call, Tenant } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import type { PointCost, Strategies } from "../pipeline/strategies.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import type { Clock } from "../platform/clock.js";
import type { ProviderProfile } from "../provider/profile.js";
import { createAdmissionQueue, type Release } from "./admission-queue.js";
import { createBulkhead } from "./bulkhead.js";
import { createPlanner, type Plan, type PlanContext } from "./call-plan.js";
import type { PauseScope, RateLimitStore, Reservation } from "./rate-limit-store.js";
import { readQuotas } from "./read-quotas.js";
import { ThrottleState } from "./throttle-state.js";

/** The longest pause that all calls of a bucket share, by default: one absurd `Retry-After` must not close it for years. */
const longestPauseMs = 60_000;

const immediately: Reservation = { kind: "reserved", delayMs: 0 };

/** Applies a provider's limits, and bounds the attempts under way, for each tenant and bucket. */
export interface RateLimiter {
  /** Admits an attempt, at once or when its turn has come, as `AdmissionQueue.acquire` does. */
  acquire(call: Call): Release | Promise<Release>;
  /**
   * Takes note of the response to a call that was sent at this time. No call that it concerns is sent before the end of a pause, in
   * this process or where the limits are shared, for at most the longer of a minute and the call's `maxRetryAfterMs`; nor before a
   * quota that is used up is full again.
   */
  report(call: Call, reply: Pick<Reply, "headers" | "body" | "verdict">, sentAtMs: number): void;
  /** Takes note that a call that was sent at this time has no response. Where it was a probe, the next call is one. */
  abandon(call: Call, sentAtMs: number): void;
}

/** What a rate limiter is made of. */
export interface RateLimiterContext extends PlanContext {
  readonly store: RateLimitStore;
  readonly clock: Clock;
  readonly profile: Pick<
    ProviderProfile,
    "rateLimitHeaders" | "rateLimitBody" | "quotaNames" | "costLimit" | "quotaCost"
  >;
  readonly strategies: Pick<
    Strategies,
    | "quotas"
    | "bodyQuotas"
    | "pointCosts"
    | "quotaCosts"
    | "quotaName"
    | "quotaParameters"
    | "limitValues"
    | "concurrencyLimits"
  >;
}

// What waits for nothing and has no call under way knows nothing: of many tenants few are kept.
const maxIdle = 1_000;

/** The owner of a call, which the policy `resolveTenant` sets for every call. */
const ownerOf = ({ tenant }: Call) => tenant!;

/** Under which keys the states of a tenant's calls of an operation are kept. */
interface Keys {
  /** The quota that they are for. */
  readonly quota: string | undefined;
  readonly scopes: readonly string[];
  readonly throttles: readonly string[];
  readonly bulkheads: readonly string[];
  readonly queue: string;
}

/** What the calls of a queue have in common. */
interface Queued {
  readonly tenant: Tenant;
  readonly plan: Plan;
  readonly keys: Keys;
}

/** Creates a limiter. */
export function createRateLimiter(context: RateLimiterContext): RateLimiter {
  const { limits, store, slots, clock, profile, strategies } = context;
  const { quotaNames } = profile;
  const planFor = createPlanner(context);
  const plans = boundedMemo((_, [{ operation }, values]: readonly [Call, readonly string[] | undefined]) =>
    planFor(operation, values),
  );
  const planOf = (call: Call) => {
    const { id: name, kind } = call.operation;
    const id = kind ? `${name} ${kind}` : name;
    const values = strategies.limitValues?.(call, limits);
    return plans.get(values ? `${id} ${values}` : id, [call, values]);
  };

  const throttles = boundedMemo((_, scope: PauseScope) => store.createThrottle?.(scope) ?? new ThrottleState(), {
    neededMs: (throttle) => throttle.blockedUntilMs() - clock.monotonic(),
  });
  const throttlesOf = (tenant: Tenant, { scopes, throttles: keys }: Keys) =>
    scopes.map((scope, index) => throttles.get(keys[index]!, { tenant, scope }));

  const createKeys = (call: Call, { scope, limitNames, slotLimits }: Plan, quota: string | undefined): Keys => {
    const { id } = ownerOf(call);
    // What may block a call: the scope of its operation, and its quota where the provider has several.
    const scopes = quota === undefined ? [scope] : [scope, quota];
    const bulkheads = slotLimits.map(({ name }) => `${id} ${name}`);
    return {
      quota,
      scopes,
      // Joined into one text: one that is added together is kept as its parts, for as long as it is a key.
      throttles: scopes.map((one) => [id, one].join(" ")),
      bulkheads,
      // Calls with the same limits and quotas share a queue, so that a read never waits behind writes with a limit of their own.
      queue: `${bulkheads} ${limitNames} ${scopes}`,
    };
  };
  /** The keys of a call: most are those of the tenant's call before, and a text that is new would be hashed for each look-up. */
  const keysByPlan = boundedMemo(() => new WeakMap<Plan, Keys>(), { size: maxIdle });
  const keysOf = (call: Call, plan: Plan): Keys => {
    const { quotaName } = plan;
    const quota = quotaName && `quota ${quotaName} ${strategies.quotaParameters?.(call, quotaNames) ?? ""}`;
    const ofTenant = keysByPlan.get(ownerOf(call).id);
    const known = ofTenant.get(plan);
    if (known && known.quota === quota) return known;
    const keys = createKeys(call, plan, quota);
    ofTenant.set(plan, keys);
    return keys;
  };

  const bulkheads = boundedMemo((_, concurrency: number) => createBulkhead(concurrency), {
    size: maxIdle,
    neededMs: ({ running, queues }) => (running + queues.size > 0 ? Infinity : 0),
  });
  const queues = boundedMemo(
    (_, { tenant, plan, keys }: Queued) =>
      createAdmissionQueue({
        states: () => ({
          throttles: throttlesOf(tenant, keys),
          bulkheads: plan.slotLimits.map(({ concurrency }, index) =>
            bulkheads.get(keys.bulkheads[index]!, concurrency),
          ),
        }),
        slots,
        tenant: tenant.id,
        clock,
      }),
    { size: maxIdle, neededMs: (queue) => (queue.isEmpty() ? 0 : Infinity) },
  );

  const pointCosts = profile.costLimit && strategies.pointCosts?.(profile.costLimit);
  const quotaCosts = profile.quotaCost && strategies.quotaCosts?.(profile.quotaCost);
  /** What each call under way has reserved of its bucket of points. */
  const reserved = new WeakMap<Call, PointCost>();

  return {
    acquire(call) {
      const tenant = ownerOf(call);
      const plan = planOf(call);
      const { costs, weight, minWaitMs } = plan;
      const keys = keysOf(call, plan);
      return queues.get(keys.queue, { tenant, plan, keys }).acquire({
        call,
        weight: () => Math.max(weight, pointCosts?.costOf(call)?.cost ?? 0),
        ...(quotaCosts && { quotaCost: () => quotaCosts.costOf(call) }),
        minWaitMs,
        reserve(nowMs, waiting) {
          const points = pointCosts?.costOf(call);
          if (points) reserved.set(call, points);
          const isNeeded = weight > 0 || points || throttlesOf(tenant, keys).some((one) => one.needsPermit(nowMs));
          if (!isNeeded) return immediately;
          return store.reserve({ tenant, scopes: keys.scopes, costs: points ? [...costs, points] : costs, waiting });
        },
      });
    },
    report(call, reply, sentAtMs) {
      const { kind, retryAfterMs } = reply.verdict;
      const nowMs = clock.monotonic();
      const plan = planOf(call);
      const points = pointCosts && reserved.get(call);
      const correction = points && pointCosts.learn(call, reply, points);
      if (correction) store.correct?.({ tenant: ownerOf(call), ...correction });
      quotaCosts?.learn(call, reply);
      // Without a header that names it, the quota is that of the bucket.
      const name = strategies.quotaName ? strategies.quotaName(reply.headers, quotaNames) : plan.quotaName;
      plan.quotaName = name ?? plan.quotaName;
      const states = throttlesOf(ownerOf(call), keysOf(call, plan));
      // What a response says concerns the quota that it names. A pause concerns it only where it is used up: otherwise the reason is
      // a limit that has no name.
      const named = states[name ? 1 : 0]!;
      const quotas = readQuotas(context, reply, clock.now());
      for (const quota of quotas) named.update(quota, nowMs);
      if (kind === "throttled") {
        const paused = quotas.some(({ remaining }) => remaining < 1) ? named : states[0]!;
        const longestMs = Math.max(call.settings.maxRetryAfterMs, longestPauseMs);
        paused.throttle(sentAtMs, nowMs, retryAfterMs && Math.min(retryAfterMs, longestMs));
      } else for (const state of states) state.countAccepted(nowMs);
      for (const state of states) state.endProbe(sentAtMs);
    },
    abandon(call, sentAtMs) {
      for (const state of throttlesOf(ownerOf(call), keysOf(call, planOf(call))))
        if (state.endProbe(sentAtMs)) state.pause(0, clock.monotonic());
    },
  };
}
