import { type Circuit, type CircuitOptions, createCircuit, type Health } from "../circuit-breaker/circuit.js";
import { CircuitOpenError } from "../errors/circuit-open-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { PolicyFactory } from "../pipeline/policy.js";
import { classifyError, type Verdict } from "../retry/classify.js";

const maxKeys = 10_000;

function healthOf({ kind }: Verdict): Health {
  return kind === "transient" || kind === "throttled" ? "bad" : "good";
}

/**
 * Stops sending to a provider that keeps failing: for each tenant and origin, as the retry budget. Failures are 5xx, 408,
 * 429, lost connections and timed-out attempts; other answers show that the provider is there, and an abort shows
 * nothing. Given to the option `circuitBreaker`; calls that are not sent end in CircuitOpenError.
 */
export function circuitBreaker(options: CircuitOptions = {}): PolicyFactory {
  return ({ profile, judge, clock }) => {
    const circuits = new Map<string, Circuit>();
    return {
      name: "circuitBreaker",
      async send(call, next) {
        const { tenant, operation } = call;
        const key = `${tenant?.id} ${operation.baseUrl}`;
        const circuit = circuits.get(key) ?? createCircuit(options, clock.monotonic);
        if (circuits.size >= maxKeys) circuits.clear();
        circuits.set(key, circuit);
        const leave = circuit.enter(clock.monotonic());
        if (typeof leave === "number") {
          const message = `${profile.name} kept failing, so it was not sent: again in ${Math.ceil(leave)} ms.`;
          throw new CircuitOpenError(message, { operation: operation.id, retryAfterMs: leave });
        }
        try {
          const reply = await next(call);
          leave(healthOf(judge(reply, clock.now())));
          return reply;
        } catch (error) {
          // A deadline says something of the provider only where an attempt was under way.
          const isLate = TimeoutError.isInstance(error) && error.maybeSent;
          leave(isLate || classifyError(error).kind === "transient" ? "bad" : "unknown");
          throw error;
        }
      },
    };
  };
}
