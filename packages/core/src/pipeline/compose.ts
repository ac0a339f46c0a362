import type { Next, Policy } from "./policy.js";

/** Folds policies over a transport: the first one is the outermost. */
export function compose(policies: readonly Policy[], transport: Next): Next {
  return policies.reduceRight<Next>((next, policy) => (call) => policy.send(call, next), transport);
}
