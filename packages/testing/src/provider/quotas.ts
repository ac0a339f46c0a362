import type { Clock, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { Answer } from "../server/answer.js";
import type { ProviderError } from "./provider-error.js";
import { createQuotaCounter, type Quota } from "./quota.js";
import { quotaHeaders, throttledShape } from "./quota-answer.js";

/** What a quota does to one request: it is refused, or its answer says what is left. */
export interface Counted {
  readonly refusal: Answer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const uncounted: Counted = { refusal: undefined, headers: {} };

/** Enforces a quota, in the provider's own words. */
export function createQuotas(
  profile: ProviderProfile,
  facts: ProviderFacts | undefined,
  quota: Quota | undefined,
  clock: Pick<Clock, "now">,
  refuse: ProviderError,
): (operation: DocumentOperation, credential: string) => Counted {
  if (quota === undefined) return () => uncounted;
  const count = createQuotaCounter(quota, clock);
  const bucketOf = ({ id }: DocumentOperation) =>
    (Object.hasOwn(facts?.operations ?? {}, id) ? facts?.operations[id]?.bucket : undefined) ?? "default";
  return (operation, credential) => {
    if (quota.bucket !== undefined && quota.bucket !== bucketOf(operation)) return uncounted;
    const state = count(credential);
    const headers = quotaHeaders(profile, state, clock.now(), quota.perMs);
    if (state.allowed) return { refusal: undefined, headers };
    const shape = throttledShape(profile, state, clock.now());
    const said = shape.body === undefined ? [] : [shape.body];
    const message = `${operation.id}: the quota of ${quota.limit} requests in ${quota.perMs} ms is used up; one more is allowed in ${Math.ceil(state.resetMs)} ms`;
    const problem = { code: "rate_limited", message };
    return { refusal: refuse(operation, shape.status, problem, { ...headers, ...shape.headers }, said), headers };
  };
}
