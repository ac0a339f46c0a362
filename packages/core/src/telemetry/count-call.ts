import type { CallRecord, DeliveryRecord } from "../pipeline/call-record.js";
import { add, type Counts } from "./counts.js";
import { observeTime } from "./histogram.js";
import {
  type ConnectorState,
  countsFor,
  maxQuotas,
  maxUsages,
  setBounded,
  type TelemetryBounds,
  usageAfter,
  type WebhookState,
  windowAt,
} from "./telemetry-state.js";

/** What is counted when, and where. */
export interface CountContext extends TelemetryBounds {
  readonly windowMs: number;
  readonly nowMs: number;
}

/** Whether the cache saved a request: the response was stored, or another call's. */
const isSaved = ({ cache }: CallRecord) => cache === "hit" || cache === "stale" || cache === "joined";

type Limit = ConnectorState["client"]["limits"][number];
const costOf = ({ costs }: Limit, method: string) => costs[method] ?? costs["*"] ?? 1;

/** What a call would have cost of the limit that it costs most of; 1 where no limit is documented. */
function quotaCost({ client }: ConnectorState, { bucket, method }: CallRecord): number {
  const own = client.limits.filter((limit) => limit.bucket === bucket);
  return own.length === 0 ? 1 : Math.max(...own.map((limit) => costOf(limit, method)));
}

function countInto(counts: Counts, call: CallRecord, savedQuota: number): void {
  const { trigger, outcome, failure, cache, attempts } = call;
  if (trigger === "call") {
    add(counts, "calls");
    add(counts, outcome);
    if (failure && outcome === "failure") add(counts, `failure:${failure.name}`);
    if (cache) add(counts, `cache:${cache}`);
    if (isSaved(call)) {
      add(counts, "savedCalls");
      add(counts, "savedQuota", savedQuota);
    }
    observeTime(counts, "duration", call.durationMs);
    observeTime(counts, "wait", call.queueMs + call.permitMs);
  } else add(counts, "background");
  for (const { number, providerMs } of attempts) {
    add(counts, "attempts");
    if (number > 1) add(counts, "retries");
    observeTime(counts, "attempt", providerMs);
  }
  add(counts, "requestBytes", call.requestBytes);
  add(counts, "responseBytes", call.responseBytes);
}

function countUsage({ client, usage }: ConnectorState, { bucket, method, operation, attempts }: CallRecord): void {
  for (const [index, limit] of client.limits.entries()) {
    // Records do not have the values of parameters, so how much of their limits is used is not known.
    if (limit.bucket !== bucket || limit.per?.startsWith("parameter ")) continue;
    const name = limit.per === "operation" ? `${index} ${operation}` : `${index}`;
    for (const { startedAtMs: atMs } of attempts) {
      const used = usageAfter(usage.get(name), { atMs, perMs: limit.perMs, cost: costOf(limit, method) });
      setBounded(usage, [name, used], maxUsages);
    }
  }
}

/** Counts a call. */
export function countCall(state: ConnectorState, call: CallRecord, context: CountContext): void {
  const { nowMs, maxOperations, maxTags } = context;
  const { operation, method, outcome, failure, dataAgeMs, tags, attempts } = call;
  const savedQuota = quotaCost(state, call);
  const operations = countsFor(state.operations, operation, maxOperations);
  for (const counts of [state.total, operations, windowAt(state.windows, nowMs, context)])
    countInto(counts, call, savedQuota);
  countUsage(state, call);
  for (const { startedAtMs, quotas } of attempts) {
    for (const { name, remaining, resetMs } of quotas) {
      const quota = { remaining, resetAtMs: startedAtMs + resetMs, atMs: startedAtMs };
      setBounded(state.quotas, [name, quota], maxQuotas);
    }
  }
  if (failure?.name === "CircuitOpenError")
    state.breaker = { openUntilMs: nowMs + (failure.retryAfterMs ?? 0), atMs: nowMs };
  else if (attempts.length > 0 && outcome === "success") state.breaker = { openUntilMs: 0, atMs: nowMs };
  if (method !== "GET" || dataAgeMs === undefined) return;
  const names = [`operation ${operation}`, ...tags.map((tag) => `tag ${tag}`)];
  for (const name of names) {
    const atMs = Math.max(nowMs - dataAgeMs, state.confirmedAtMs.get(name) ?? 0);
    setBounded(state.confirmedAtMs, [name, atMs], maxOperations + maxTags);
  }
}

/** Counts a delivery of a webhook. */
export function countDelivery(state: WebhookState, delivery: DeliveryRecord, context: CountContext): void {
  const { outcome, eventTypes, events, durationMs, ageMs, attempt } = delivery;
  const types = eventTypes.map((type) => countsFor(state.eventTypes, type, context.maxEventTypes));
  for (const counts of [state.total, ...types, windowAt(state.windows, context.nowMs, context)]) {
    add(counts, "deliveries");
    add(counts, `outcome:${outcome}`);
    add(counts, "events", events);
    if ((attempt ?? 1) > 1) add(counts, "redeliveries");
    observeTime(counts, "handling", durationMs);
    if (ageMs !== undefined) observeTime(counts, "age", ageMs);
  }
}
