import { type Counts, countOf, groupOf } from "./counts.js";
import { cumulativeCounts, doublingsMs } from "./histogram.js";
import { toSnapshot } from "./snapshot.js";
import type { TelemetryState } from "./telemetry-state.js";

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number, suffix?: string];

interface Counted {
  readonly labels: Labels;
  readonly counts: Counts;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };

const labelText = (labels: Labels) => {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (found) => escapes[found] ?? found)}"`,
  );
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
};

/** A metric in the text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
function metric(
  name: string,
  { type, help, samples }: { type: string; help: string; samples: readonly Sample[] },
): string {
  if (samples.length === 0) return "";
  const lines = samples.map(([labels, value, suffix = ""]) => `${name}${suffix}${labelText(labels)} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function histogram({ labels, counts }: Counted, name: string): readonly Sample[] {
  const count = countOf(counts, `${name}Count`);
  if (count === 0) return [];
  const cumulative = cumulativeCounts(counts, name);
  return [
    ...doublingsMs.map((ms, index): Sample => [{ ...labels, le: `${ms / 1_000}` }, cumulative[index] ?? 0, "_bucket"]),
    [{ ...labels, le: "+Inf" }, count, "_bucket"],
    [labels, countOf(counts, `${name}SumMs`) / 1_000, "_sum"],
    [labels, count, "_count"],
  ];
}

/** A sample for each counter of a group, whose names are the values of a label. */
const grouped = ({ labels, counts }: Counted, label: string, group: string): readonly Sample[] =>
  Object.entries(groupOf(counts, group)).map(([name, value]) => [{ ...labels, [label]: name }, value]);

/** Everything that was counted, in the text format of Prometheus. Times are seconds, and an operation is a label. */
export function prometheusText(state: TelemetryState, nowMs: number): string {
  const { connectors, webhooks } = toSnapshot(state, nowMs);
  const operations = [...state.connectors].flatMap(([provider, { operations: own }]) =>
    [...own].map(([operation, counts]) => ({ labels: { provider, operation }, counts })),
  );
  const providers = [...state.connectors].map(([provider, { total }]) => ({ labels: { provider }, counts: total }));
  const schemes = [...state.webhooks].map(([scheme, { total }]) => ({ labels: { scheme }, counts: total }));
  const totals = (name: string, of = operations): readonly Sample[] =>
    of.map(({ labels, counts }) => [labels, countOf(counts, name)]);
  const times = (name: string, of: readonly Counted[] = operations) =>
    of.flatMap((counted) => histogram(counted, name));
  const byProvider = <T>(samplesOf: (connector: (typeof connectors)[number]) => readonly T[]) =>
    connectors.flatMap(samplesOf);

  return [
    metric("connectry_client_calls_total", {
      type: "counter",
      help: "Calls by outcome: success, aborted, or the class of the error.",
      samples: operations.flatMap(({ labels, counts }): readonly Sample[] => [
        ...["success", "aborted"].map((outcome): Sample => [{ ...labels, outcome }, countOf(counts, outcome)]),
        ...grouped({ labels, counts }, "outcome", "failure"),
      ]),
    }),
    metric("connectry_client_call_duration_seconds", {
      type: "histogram",
      help: "From the start of a call to its result.",
      samples: times("duration"),
    }),
    metric("connectry_client_attempt_duration_seconds", {
      type: "histogram",
      help: "The time of the provider for one attempt.",
      samples: times("attempt"),
    }),
    metric("connectry_client_queue_duration_seconds", {
      type: "histogram",
      help: "How long calls waited for slots and rate limits.",
      samples: times("wait", providers),
    }),
    metric("connectry_client_attempts_total", {
      type: "counter",
      help: "Requests that were sent.",
      samples: totals("attempts"),
    }),
    metric("connectry_client_retries_total", {
      type: "counter",
      help: "Attempts after the first.",
      samples: totals("retries"),
    }),
    metric("connectry_client_request_bytes_total", {
      type: "counter",
      help: "Bytes of request bodies.",
      samples: totals("requestBytes"),
    }),
    metric("connectry_client_response_bytes_total", {
      type: "counter",
      help: "Bytes of decoded response bodies.",
      samples: totals("responseBytes"),
    }),
    metric("connectry_client_quota_remaining", {
      type: "gauge",
      help: "What the provider last reported to be left of a quota.",
      samples: byProvider(({ provider, quotas }) =>
        quotas.map(({ name, remaining }): Sample => [{ provider, quota: name }, remaining]),
      ),
    }),
    metric("connectry_client_limit_usage_ratio", {
      type: "gauge",
      help: "The share of a documented limit that is used.",
      samples: byProvider(({ provider, limits }) =>
        limits.map(
          ({ bucket, limit, perMs, used }, index): Sample => [
            { provider, bucket, limit: `${limit} per ${perMs / 1_000} s`, index: `${index}` },
            used / limit,
          ],
        ),
      ),
    }),
    metric("connectry_client_circuit_open", {
      type: "gauge",
      help: "1 while the circuit breaker lets no call through.",
      samples: connectors.map(({ provider, breaker }): Sample => [{ provider }, breaker.state === "open" ? 1 : 0]),
    }),
    metric("connectry_cache_outcomes_total", {
      type: "counter",
      help: "What the cache did for calls.",
      samples: operations.flatMap((counted) => grouped(counted, "outcome", "cache")),
    }),
    metric("connectry_cache_saved_calls_total", {
      type: "counter",
      help: "Calls for which the cache saved a request.",
      samples: totals("savedCalls"),
    }),
    metric("connectry_cache_saved_quota_total", {
      type: "counter",
      help: "What these calls would have cost of the limits.",
      samples: totals("savedQuota"),
    }),
    metric("connectry_data_age_seconds", {
      type: "gauge",
      help: "How long ago the provider last confirmed data of an operation or a tag.",
      samples: byProvider(({ provider, freshness }) =>
        freshness.map(({ kind, name, ageMs }): Sample => [{ provider, kind, name }, ageMs / 1_000]),
      ),
    }),
    metric("connectry_webhook_deliveries_total", {
      type: "counter",
      help: "Deliveries of webhooks by outcome.",
      samples: schemes.flatMap((counted) => grouped(counted, "outcome", "outcome")),
    }),
    metric("connectry_webhook_events_total", {
      type: "counter",
      help: "Deliveries by the type of their events.",
      samples: webhooks.flatMap(({ scheme, eventTypes }) =>
        eventTypes.map(({ type, deliveries }): Sample => [{ scheme, type }, deliveries]),
      ),
    }),
    metric("connectry_webhook_delivery_age_seconds", {
      type: "histogram",
      help: "From the signature of a delivery to its arrival.",
      samples: times("age", schemes),
    }),
    metric("connectry_webhook_handling_duration_seconds", {
      type: "histogram",
      help: "From the arrival of a delivery to its response.",
      samples: times("handling", schemes),
    }),
  ].join("");
}
