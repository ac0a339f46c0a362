import type { Identities } from "../auth/identities.js";
import type { RateLimitOptions } from "../connector/options.js";
import type { ProviderProfile } from "../connector/profile.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import { authenticate } from "../policies/authenticate.js";
import { idempotencyKey } from "../policies/idempotency-key.js";
import { identify } from "../policies/identify.js";
import { rateLimit } from "../policies/rate-limit.js";
import { retry } from "../policies/retry.js";
import { timeout } from "../policies/timeout.js";
import type { BulkheadOptions } from "../rate-limit/bulkhead.js";
import { localGrants } from "../rate-limit/local-grants.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import { createRetryBudget } from "../retry/retry-budget.js";
import { compose } from "./compose.js";
import type { Next, Policy, PolicyFactory } from "./policy.js";

/** Where a user's own policies stand. */
export interface UserPolicies {
  /** Once per call, outside retry. */
  readonly perCall?: readonly Policy[];
  /** Once per attempt, inside retry; they see the credential. */
  readonly perAttempt?: readonly Policy[];
}

/** What the default pipeline is made of. */
export interface PipelineOptions extends BulkheadOptions {
  readonly profile: ProviderProfile;
  readonly identities: Identities;
  readonly policies: UserPolicies;
  readonly rateLimit: RateLimitOptions | false | undefined;
  readonly circuitBreaker: PolicyFactory | undefined;
  readonly cache: Policy | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly transport: Next;
}

/** The order of everything that happens to a call, outermost first. */
export function defaultPipeline(options: PipelineOptions): Next {
  const { profile, identities, policies, clock, random, transport } = options;
  const isDeaf = options.rateLimit === false;
  const { limits = isDeaf ? [] : (profile.rateLimits ?? []), source = localGrants(clock) } = options.rateLimit || {};
  const limiter = createRateLimiter(limits, source, options, clock);
  return compose(
    [
      identify(identities),
      ...(options.cache ? [options.cache] : []),
      idempotencyKey(profile.idempotency),
      ...(policies.perCall ?? []),
      retry(profile.retry, createRetryBudget(), clock, random),
      ...(options.circuitBreaker ? [options.circuitBreaker(options)] : []),
      authenticate(identities, profile.retry),
      rateLimit(limiter, profile, isDeaf, clock),
      ...(policies.perAttempt ?? []),
      timeout(clock),
    ],
    transport,
  );
}
