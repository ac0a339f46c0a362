import type { ClientRecord } from "../pipeline/call-record.js";
import type { Counts } from "./counts.js";

/** What a response last said of a quota. */
export interface QuotaState {
  readonly remaining: number;
  readonly resetAtMs: number;
  readonly atMs: number;
}

/** How much of a documented limit was used: in the present window, and in the one before. */
export interface UsageState {
  readonly windowAtMs: number;
  readonly used: number;
  readonly before: number;
}

/** What is known of the circuit breaker: calls were not sent until then. 0 where it is closed. */
export interface BreakerState {
  readonly openUntilMs: number;
  readonly atMs: number;
}

/** What was counted for one connector. */
export interface ConnectorState {
  client: Omit<ClientRecord, "provider">;
  readonly total: Counts;
  /** By operation, the last one `other`. */
  readonly operations: Map<string, Counts>;
  /** By the beginning of the window. */
  readonly windows: Map<number, Counts>;
  readonly quotas: Map<string, QuotaState>;
  /** By the index of the limit, and the operation where each has its own. */
  readonly usage: Map<string, UsageState>;
  breaker: BreakerState;
  /** When the provider last confirmed data, by `operation GET /v1/prices` or `tag prices`. */
  readonly confirmedAtMs: Map<string, number>;
}

/** What was counted for the webhooks of one scheme. */
export interface WebhookState {
  readonly total: Counts;
  readonly eventTypes: Map<string, Counts>;
  readonly windows: Map<number, Counts>;
}

/** Everything that was counted: what processes share, and what a snapshot is made from. */
export interface TelemetryState {
  readonly startedAtMs: number;
  readonly windowMs: number;
  readonly connectors: Map<string, ConnectorState>;
  readonly webhooks: Map<string, WebhookState>;
}

/** How many of each are kept. What exceeds it is counted as `other`, or left out where a sum of it would say nothing. */
export interface TelemetryBounds {
  readonly maxOperations: number;
  readonly maxTags: number;
  readonly maxEventTypes: number;
  readonly maxWindows: number;
}

/** More connectors than a program has: the bound is for a state that another process wrote. */
export const maxConnectors = 100;
export const maxQuotas = 20;
export const maxUsages = 200;

/** An empty state of a connector. */
export function createConnectorState(client: ConnectorState["client"]): ConnectorState {
  return {
    client,
    total: new Map(),
    operations: new Map(),
    windows: new Map(),
    quotas: new Map(),
    usage: new Map(),
    breaker: { openUntilMs: 0, atMs: 0 },
    confirmedAtMs: new Map(),
  };
}

/** An empty state of a scheme. */
export function createWebhookState(): WebhookState {
  return { total: new Map(), eventTypes: new Map(), windows: new Map() };
}

/** The counters of a name, or those of `other` where there are too many names. */
export function countsFor(groups: Map<string, Counts>, name: string, most: number): Counts {
  const key = groups.has(name) || groups.size < most - (groups.has("other") ? 0 : 1) ? name : "other";
  let counts = groups.get(key);
  if (counts === undefined) {
    counts = new Map();
    groups.set(key, counts);
  }
  return counts;
}

/** Sets a value of a bounded map; a new name is left out where it is full. */
export function setBounded<T>(map: Map<string, T>, [name, value]: readonly [string, T], most: number): void {
  if (map.has(name) || map.size < most) map.set(name, value);
}

/** The counters of the window of a time. Windows that are too old are dropped. */
export function windowAt(
  windows: Map<number, Counts>,
  atMs: number,
  { windowMs, maxWindows }: { windowMs: number; maxWindows: number },
): Counts {
  const start = Math.floor(atMs / windowMs) * windowMs;
  let counts = windows.get(start);
  if (counts === undefined) {
    counts = new Map();
    windows.set(start, counts);
    const oldest = start - (maxWindows - 1) * windowMs;
    for (const at of windows.keys()) if (at < oldest) windows.delete(at);
  }
  return counts;
}

/** The usage after so much more was used; windows begin at the same times in all processes. */
export function usageAfter(
  usage: UsageState | undefined,
  { atMs, perMs, cost }: { atMs: number; perMs: number; cost: number },
): UsageState {
  const windowAtMs = Math.floor(atMs / perMs) * perMs;
  if (usage?.windowAtMs === windowAtMs) return { ...usage, used: usage.used + cost };
  return { windowAtMs, used: cost, before: usage?.windowAtMs === windowAtMs - perMs ? usage.used : 0 };
}
