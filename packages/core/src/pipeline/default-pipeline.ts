import type { Identities } from "../auth/identities.js";
import type { ConnectorOptions } from "../connector/options.js";
import type { Strategies } from "../connector/strategies.js";
import { authenticate } from "../policies/authenticate.js";
import { identify } from "../policies/identify.js";
import { rateLimit } from "../policies/rate-limit.js";
import { retry } from "../policies/retry.js";
import { timeout } from "../policies/timeout.js";
import type { BulkheadOptions } from "../rate-limit/bulkhead.js";
import { localGrants } from "../rate-limit/local-grants.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import { createRetryBudget } from "../retry/retry-budget.js";
import { compose } from "./compose.js";
import type { Next, Policy, PolicyContext } from "./policy.js";

/** Where a user's own policies stand. */
export interface UserPolicies {
  /** Once per call, outside retry. */
  readonly perCall?: readonly Policy[];
  /** Once per attempt, inside retry; they see the credential. */
  readonly perAttempt?: readonly Policy[];
}

/** The order of everything that happens to a call, outermost first. */
export function defaultPipeline(
  context: PolicyContext,
  strategies: Strategies,
  identities: Identities,
  { policies, rateLimit: own, circuitBreaker }: ConnectorOptions,
  slots: BulkheadOptions,
  cache: Policy | undefined,
  transport: Next,
): Next {
  const { profile, clock, random, judge } = context;
  const isDeaf = own === false;
  const { limits = isDeaf ? [] : (profile.rateLimits ?? []), source = localGrants(clock) } = own || {};
  return compose(
    [
      identify(identities),
      cache,
      strategies.idempotencyKey?.(profile.idempotency),
      policies?.perCall,
      retry(judge, createRetryBudget(), clock, random),
      circuitBreaker?.(context),
      authenticate(identities, judge),
      rateLimit(
        createRateLimiter(limits, source, slots, clock),
        judge,
        profile.rateLimitHeaders,
        strategies.quota,
        isDeaf,
        clock,
      ),
      policies?.perAttempt,
      timeout(clock),
    ]
      .flat()
      .filter((policy) => !!policy),
    transport,
  );
}
