import { instantClock, seededRandom } from "@connectry/testing";
import {
  type Call,
  type Clock,
  NetworkError,
  type Next,
  type Policy,
  type ProviderProfile,
  type Reply,
} from "../src/index.js";
import type { Random } from "../src/platform/random.js";
import { retry } from "../src/policies/retry.js";
import { createRetryBudget, type RetryBudget } from "../src/retry/retry-budget.js";
import { createReply } from "./call.js";
import { classified } from "./classify.js";

type Outcome = number | Reply | Error;

/** Returns or throws one outcome after the other; the last one is repeated. */
export function script(...outcomes: Outcome[]): Next & { readonly calls: Call[] } {
  const calls: Call[] = [];
  const next = async (call: Call) => {
    calls.push(call);
    const outcome = outcomes[Math.min(calls.length, outcomes.length) - 1] as Outcome;
    if (outcome instanceof Error) throw outcome;
    return typeof outcome === "number" ? createReply(outcome) : outcome;
  };
  return Object.assign(next, { calls });
}

interface Parts {
  readonly facts?: ProviderProfile["retry"];
  readonly budget?: RetryBudget;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** The policy with the parts that matter to a test replaced, and its clock. Replies are classified by `facts`. */
export function retryOf({ facts, budget = createRetryBudget(), clock, random = seededRandom(1) }: Parts = {}) {
  const instant = instantClock();
  const policy = retry(budget, clock ?? instant, random);
  const classifying: Policy = {
    name: policy.name,
    send: (call, next) => policy.send(call, classified(next, facts, clock ?? instant)),
  };
  return { clock: instant, policy: classifying };
}

/** A lost connection over which the request may have been sent. */
export const lost = (maybeSent = true) =>
  new NetworkError("GET /things: the connection was lost.", {
    operation: "GET /things",
    code: "ECONNRESET",
    maybeSent,
  });

/** A write that must not be applied twice. */
export const unsafe = { method: "POST", safety: "unsafe" } as const;
