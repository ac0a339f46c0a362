import type { CredentialResolver } from "../auth/credential-resolver.js";
import { compose } from "../pipeline/compose.js";
import type { Next, Policy, PolicyContext } from "../pipeline/policy.js";
import type { Strategies } from "../pipeline/strategies.js";
import { authenticate } from "../policies/authenticate.js";
import { rateLimit } from "../policies/rate-limit.js";
import { resolveTenant } from "../policies/resolve-tenant.js";
import { retry } from "../policies/retry.js";
import { timeout } from "../policies/timeout.js";
import type { ProviderFacts } from "../provider/facts.js";
import type { BulkheadOptions } from "../rate-limit/bulkhead.js";
import { localRateLimits } from "../rate-limit/local-rate-limits.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import { createRetryBudget } from "../retry/retry-budget.js";
import { checkRateLimits } from "./check-rate-limits.js";
import type { ClientObservation } from "./observer.js";
import type { ConnectorOptions } from "./options.js";

/** What the pipeline of a client is made of. */
export interface PipelineContext extends PolicyContext {
  readonly facts: ProviderFacts;
  readonly strategies: Strategies;
  readonly credentials: CredentialResolver;
  readonly tokenExchange: Policy | undefined;
  readonly options: Pick<ConnectorOptions, "policies" | "rateLimit" | "circuitBreaker">;
  readonly slots: BulkheadOptions;
  readonly cache: Policy | undefined;
  readonly observation: ClientObservation["policies"] | undefined;
  readonly transport: Next;
}

function createRateLimit({ profile, facts, clock, strategies, options, slots }: PipelineContext): Policy {
  const ignoreRateLimitHeaders = options.rateLimit === false;
  const documented = ignoreRateLimitHeaders ? [] : (profile.rateLimits ?? []);
  const { limits: given, store = localRateLimits(clock) } = options.rateLimit || {};
  if (given) checkRateLimits(given, { where: profile.name, facts, strategies });
  const limits = given ?? documented;
  const concurrency = ignoreRateLimitHeaders ? [] : profile.concurrency;
  return rateLimit({
    limiter: createRateLimiter({
      limits,
      concurrency,
      store,
      slots,
      clock,
      profile: ignoreRateLimitHeaders ? { ...profile, costLimit: undefined } : profile,
      strategies,
    }),
    ignoreRateLimitHeaders,
    clock,
  });
}

/** The order of everything that happens to a call, outermost first. */
export function defaultPipeline(context: PipelineContext): Next {
  const { profile, clock, random, strategies, credentials, tokenExchange, cache, observation, transport } = context;
  const { policies, circuitBreaker } = context.options;
  const order = [
    tokenExchange,
    resolveTenant(credentials),
    cache,
    strategies.tenantHeaders?.(profile.tenantHeaders ?? []),
    observation?.perFetch,
    strategies.idempotencyKey?.(profile.idempotency),
    policies?.perCall,
    retry(createRetryBudget(), clock, random),
    // A call that asks for another token after a 401 has attempts.
    tokenExchange,
    circuitBreaker?.(context),
    authenticate(credentials),
    observation?.admission,
    createRateLimit(context),
    observation?.attempt,
    policies?.perAttempt,
    timeout(clock),
  ];
  return compose(
    order.flat().filter((policy) => !!policy),
    transport,
  );
}
