import { type CircuitOptions, createCircuit, type Health } from "../circuit-breaker/circuit.js";
import { CircuitOpenError, TimeoutError } from "../errors/call-errors.js";
import type { PolicyFactory } from "../pipeline/policy.js";
import type { Verdict } from "../pipeline/verdict.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { classifyError } from "../retry/classify.js";

function healthOf({ kind }: Verdict): Health {
  return kind === "transient" || kind === "throttled" ? "bad" : "good";
}

/**
 * Stops sending to a provider that keeps failing, per tenant and origin like the retry budget. Failures are 5xx, 408, 429,
 * lost connections and timed-out attempts; any other response shows that the provider works, and an abort shows nothing.
 * Given to the option `circuitBreaker`; calls that are not sent throw CircuitOpenError.
 */
export function circuitBreaker(options: CircuitOptions = {}): PolicyFactory {
  return ({ profile, clock }) => {
    const circuits = boundedMemo(() => createCircuit(options, clock.monotonic), {
      neededMs: (circuit) => circuit.openForMs(clock.monotonic()),
    });
    return {
      name: "circuitBreaker",
      async send(call, next) {
        const { tenant, operation } = call;
        const entry = circuits.get(`${tenant?.id} ${operation.baseUrl}`).enter(clock.monotonic());
        if (entry.kind === "open") {
          const { retryAfterMs } = entry;
          const message = `not sent, because ${profile.name} kept failing: retry in ${Math.ceil(retryAfterMs)} ms.`;
          throw new CircuitOpenError(message, { operation: operation.id, retryAfterMs });
        }
        try {
          const reply = await next(call);
          entry.report(healthOf(reply.verdict));
          return reply;
        } catch (error) {
          // An exceeded deadline says something about the provider only where an attempt was under way.
          const isLate = TimeoutError.isInstance(error) && error.maybeSent;
          entry.report(isLate || classifyError(error).kind === "transient" ? "bad" : "unknown");
          throw error;
        }
      },
    };
  };
}
