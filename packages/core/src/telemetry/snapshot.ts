import type { ClientRecord } from "../pipeline/call-record.js";
import { addAll, type Counts, countOf, groupOf } from "./counts.js";
import { quantileMs } from "./histogram.js";
import type { ConnectorState, TelemetryState, WebhookState } from "./telemetry-state.js";

/** Times in milliseconds; undefined where nothing was measured. Quantiles are estimates from a histogram, some 10 % off. */
export interface TimesSnapshot {
  readonly count: number;
  readonly meanMs: number | undefined;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

/** Calls that were counted together: of a connector, of an operation, or of a window of time. */
export interface CallsSnapshot {
  readonly calls: number;
  readonly successes: number;
  /** Failures by their class; calls that were aborted by their caller are not failures. */
  readonly failures: Readonly<Record<string, number>>;
  readonly aborted: number;
  /** The share of failures among the calls, from 0 to 1. */
  readonly errorRate: number;
  /** Requests that were sent, those in the background included. */
  readonly attempts: number;
  readonly retries: number;
  /** What the cache did, by its outcome. */
  readonly cache: Readonly<Record<string, number>>;
  /** Calls for which the cache saved a request. */
  readonly savedCalls: number;
  /** What these calls would have cost of the provider's limits. */
  readonly savedQuota: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** From the start of a call to its result. */
  readonly duration: TimesSnapshot;
  /** The provider's time for an attempt. */
  readonly attempt: TimesSnapshot;
  /** The wait of a call for slots and permits. */
  readonly wait: TimesSnapshot;
}

/** How much of a documented limit is used. */
export interface LimitUsage {
  readonly bucket: string;
  /** Of a limit that each operation has of its own: the operation that uses most of it. */
  readonly operation: string | undefined;
  readonly limit: number;
  readonly perMs: number;
  /** What was used within the last `perMs`. */
  readonly used: number;
  /** Milliseconds until more is free; 0 where it is. */
  readonly freeInMs: number;
}

/** What the provider last reported about a quota. */
export interface QuotaSnapshot {
  readonly name: string;
  readonly remaining: number;
  /** Milliseconds until it is full again; 0 where that time has passed. */
  readonly freeInMs: number;
}

/** How fresh the data of an operation or a tag is. */
export interface Freshness {
  readonly kind: "operation" | "tag";
  readonly name: string;
  /** How long ago the provider last confirmed data of it. */
  readonly ageMs: number;
}

/** A window of time. */
export interface CallsWindow extends CallsSnapshot {
  readonly atMs: number;
}

/** One connector. */
export interface ConnectorSnapshot extends CallsSnapshot {
  readonly provider: string;
  readonly name: string;
  readonly hasCache: boolean;
  readonly operations: readonly (CallsSnapshot & { readonly operation: string })[];
  readonly windows: readonly CallsWindow[];
  readonly limits: readonly LimitUsage[];
  readonly quotas: readonly QuotaSnapshot[];
  /** As calls saw it: `open` lets no call through, `half-open` tries whether the provider has recovered. */
  readonly breaker: { readonly state: "closed" | "open" | "half-open"; readonly opensInMs: number };
  readonly freshness: readonly Freshness[];
}

/** Deliveries that were counted together. */
export interface DeliveriesSnapshot {
  readonly deliveries: number;
  readonly events: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** The share of deliveries that failed, from 0 to 1. Rejected ones do not count: anyone can send them. */
  readonly failureRate: number;
  readonly redeliveries: number;
  /** From the signature to the arrival. */
  readonly lag: TimesSnapshot;
  readonly handling: TimesSnapshot;
}

/** The webhooks of one scheme. */
export interface WebhookSnapshot extends DeliveriesSnapshot {
  readonly scheme: string;
  readonly eventTypes: readonly (DeliveriesSnapshot & { readonly type: string })[];
  readonly windows: readonly (DeliveriesSnapshot & { readonly atMs: number })[];
}

/** Everything that was counted, as numbers that can be shown. */
export interface TelemetrySnapshot {
  readonly atMs: number;
  readonly startedAtMs: number;
  /** The length of a window. */
  readonly windowMs: number;
  readonly connectors: readonly ConnectorSnapshot[];
  readonly webhooks: readonly WebhookSnapshot[];
}

function timesOf(counts: Counts, name: string): TimesSnapshot {
  const count = countOf(counts, `${name}Count`);
  return {
    count,
    meanMs: count > 0 ? countOf(counts, `${name}SumMs`) / count : undefined,
    p50Ms: quantileMs(counts, name, 0.5),
    p95Ms: quantileMs(counts, name, 0.95),
    p99Ms: quantileMs(counts, name, 0.99),
  };
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

function callsOf(counts: Counts): CallsSnapshot {
  const calls = countOf(counts, "calls");
  return {
    calls,
    successes: countOf(counts, "success"),
    failures: groupOf(counts, "failure"),
    aborted: countOf(counts, "aborted"),
    errorRate: share(countOf(counts, "failure"), calls),
    attempts: countOf(counts, "attempts"),
    retries: countOf(counts, "retries"),
    cache: groupOf(counts, "cache"),
    savedCalls: countOf(counts, "savedCalls"),
    savedQuota: countOf(counts, "savedQuota"),
    requestBytes: countOf(counts, "requestBytes"),
    responseBytes: countOf(counts, "responseBytes"),
    duration: timesOf(counts, "duration"),
    attempt: timesOf(counts, "attempt"),
    wait: timesOf(counts, "wait"),
  };
}

function deliveriesOf(counts: Counts): DeliveriesSnapshot {
  const outcomes = groupOf(counts, "outcome");
  const deliveries = countOf(counts, "deliveries");
  return {
    deliveries,
    events: countOf(counts, "events"),
    outcomes,
    failureRate: share(outcomes.failed ?? 0, deliveries - (outcomes.rejected ?? 0)),
    redeliveries: countOf(counts, "redeliveries"),
    lag: timesOf(counts, "age"),
    handling: timesOf(counts, "handling"),
  };
}

/** How much of a limit was used within its time: all of the present window, and of the one before what is not over yet. */
function limitUsage(
  limits: ClientRecord["limits"],
  usage: ConnectorState["usage"],
  nowMs: number,
): readonly LimitUsage[] {
  return limits.map(({ bucket, limit, perMs }, index) => {
    const own = [...usage].filter(([name]) => Number.parseInt(name, 10) === index);
    const windowAtMs = Math.floor(nowMs / perMs) * perMs;
    const elapsed = (nowMs - windowAtMs) / perMs;
    const most = own
      .map(([name, { windowAtMs: at, used, before }]) => {
        const operation = name.includes(" ") ? name.slice(name.indexOf(" ") + 1) : undefined;
        const [present, past] = at === windowAtMs ? [used, before] : at === windowAtMs - perMs ? [0, used] : [0, 0];
        return { operation, used: present + past * (1 - elapsed) };
      })
      .sort((a, b) => b.used - a.used)[0];
    const used = most?.used ?? 0;
    const freeInMs = used < limit ? 0 : perMs - (nowMs - windowAtMs);
    return { bucket, operation: most?.operation, limit, perMs, used, freeInMs };
  });
}

function freshnessOf({ confirmedAtMs }: ConnectorState, nowMs: number): readonly Freshness[] {
  return [...confirmedAtMs].map(([name, atMs]) => {
    const [kind = "", ...rest] = name.split(" ");
    return { kind: kind as Freshness["kind"], name: rest.join(" "), ageMs: Math.max(0, nowMs - atMs) };
  });
}

/** The counts of the windows that begin from then on, and of all time without a `fromMs`. */
function countsSince(
  { total, windows }: Pick<ConnectorState | WebhookState, "total" | "windows">,
  fromMs: number | undefined,
): Counts {
  if (fromMs === undefined) return total;
  const counts: Counts = new Map();
  for (const [atMs, own] of windows) if (atMs >= fromMs) addAll(counts, own);
  return counts;
}

function windowsSince<T>({ windows }: Pick<ConnectorState, "windows">, fromMs = 0, toSnapshot: (counts: Counts) => T) {
  const kept = [...windows].filter(([atMs]) => atMs >= fromMs).sort(([a], [b]) => a - b);
  return kept.map(([atMs, counts]) => ({ atMs, ...toSnapshot(counts) }));
}

function connectorSnapshot(
  [provider, state]: readonly [string, ConnectorState],
  nowMs: number,
  fromMs: number | undefined,
): ConnectorSnapshot {
  const { client, breaker } = state;
  const opensInMs = Math.max(0, breaker.openUntilMs - nowMs);
  return {
    provider,
    name: client.name,
    hasCache: client.hasCache,
    ...callsOf(countsSince(state, fromMs)),
    operations: [...state.operations].map(([operation, counts]) => ({ operation, ...callsOf(counts) })),
    windows: windowsSince(state, fromMs, callsOf),
    limits: limitUsage(client.limits, state.usage, nowMs),
    quotas: [...state.quotas].map(([name, { remaining, resetAtMs }]) => ({
      name,
      remaining,
      freeInMs: Math.max(0, resetAtMs - nowMs),
    })),
    breaker: { state: breaker.openUntilMs === 0 ? "closed" : opensInMs > 0 ? "open" : "half-open", opensInMs },
    freshness: freshnessOf(state, nowMs),
  };
}

/** Makes numbers that can be shown of what was counted: of all time, or of the windows that begin at `fromMs` or later. */
export function toSnapshot(state: TelemetryState, nowMs: number, fromMs?: number): TelemetrySnapshot {
  return {
    atMs: nowMs,
    startedAtMs: state.startedAtMs,
    windowMs: state.windowMs,
    connectors: [...state.connectors].map((entry) => connectorSnapshot(entry, nowMs, fromMs)),
    webhooks: [...state.webhooks].map(([scheme, webhook]) => ({
      scheme,
      ...deliveriesOf(countsSince(webhook, fromMs)),
      eventTypes: [...webhook.eventTypes].map(([type, counts]) => ({ type, ...deliveriesOf(counts) })),
      windows: windowsSince(webhook, fromMs, deliveriesOf),
    })),
  };
}
