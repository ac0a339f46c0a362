import type { Attributes, Meter } from "@opentelemetry/api";
import type { CallRecord, DeliveryRecord } from "../pipeline/call-record.js";
import { errorType, known } from "./attributes.js";

/** Records the metrics of calls and deliveries. */
export interface CallMetrics {
  recordCall(call: CallRecord): void;
  recordDelivery(delivery: DeliveryRecord): void;
}

// Those that the semantic conventions recommend for the duration of HTTP requests, and what a deadline of a minute needs above them.
const explicitBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60];
const advice = { explicitBucketBoundaries };

/** Creates the instruments. Operations above `maxOperations` are counted as `other`. */
export function createCallMetrics(meter: Meter, maxOperations: number): CallMetrics {
  const seconds = (name: string, description: string) =>
    meter.createHistogram(name, { unit: "s", description, advice });
  const duration = seconds("connectry.client.call.duration", "From the start of a call to its result.");
  const queue = seconds("connectry.client.queue.duration", "How long a call waited for slots and rate limits.");
  const attempts = meter.createCounter("connectry.client.attempts", {
    unit: "{attempt}",
    description: "Requests that were sent.",
  });
  const quota = meter.createGauge("connectry.client.quota.remaining", {
    unit: "{request}",
    description: "What the provider last reported to be left of a quota.",
  });
  const cacheOutcomes = meter.createCounter("connectry.cache.outcomes", {
    unit: "{call}",
    description: "What the cache did for calls.",
  });
  const dataAge = seconds("connectry.data.age", "How long ago the provider confirmed the data that a call returned.");
  const deliveries = meter.createCounter("connectry.webhook.deliveries", {
    unit: "{delivery}",
    description: "Deliveries of webhooks.",
  });
  const operations = new Set<string>();
  const nameOf = ({ provider, operation }: CallRecord) => {
    const name = `${provider} ${operation}`;
    if (operations.size < maxOperations) operations.add(name);
    return operations.has(name) ? operation : "other";
  };

  return {
    recordCall(call) {
      const { provider, trigger, outcome, cache, dataAgeMs } = call;
      const labels: Attributes = { "connectry.provider": provider, "connectry.operation": nameOf(call) };
      if (trigger === "call") {
        duration.record(call.durationMs / 1_000, {
          ...labels,
          "connectry.outcome": outcome,
          ...known({ "error.type": errorType(call) }),
        });
        queue.record((call.queueMs + call.permitMs) / 1_000, labels);
        if (cache) cacheOutcomes.add(1, { ...labels, "connectry.cache.outcome": cache });
        if (dataAgeMs !== undefined && call.method === "GET") dataAge.record(dataAgeMs / 1_000, labels);
      }
      for (const { verdict, number, quotas } of call.attempts) {
        const retry = { "connectry.attempt.is_retry": number > 1 };
        attempts.add(1, { ...labels, ...retry, ...known({ "connectry.verdict": verdict }) });
        for (const { name, remaining } of quotas) {
          quota.record(remaining, { "connectry.provider": provider, "connectry.quota": name });
        }
      }
    },
    recordDelivery({ scheme, outcome }) {
      deliveries.add(1, { "connectry.webhook.scheme": scheme, "connectry.outcome": outcome });
    },
  };
}
