import { addAll, type Counts } from "./counts.js";
import {
  type ConnectorState,
  countsFor,
  createConnectorState,
  createWebhookState,
  maxConnectors,
  maxQuotas,
  maxUsages,
  setBounded,
  type TelemetryBounds,
  type TelemetryState,
  type UsageState,
  usageAfter,
} from "./telemetry-state.js";

function mergeUsage(a: UsageState, b: UsageState, perMs: number): UsageState {
  const windowAtMs = Math.max(a.windowAtMs, b.windowAtMs);
  const [now, past] = [a, b].map((one) => usageAfter(one, { atMs: windowAtMs, perMs, cost: 0 })) as [
    UsageState,
    UsageState,
  ];
  return { windowAtMs, used: now.used + past.used, before: now.before + past.before };
}

function mergeWindows(into: Map<number, Counts>, from: Map<number, Counts>): void {
  for (const [at, counts] of from) {
    const own: Counts = into.get(at) ?? new Map();
    into.set(at, own);
    addAll(own, counts);
  }
}

function mergeConnector(into: ConnectorState, from: ConnectorState, bounds: TelemetryBounds): void {
  addAll(into.total, from.total);
  for (const [name, counts] of from.operations) addAll(countsFor(into.operations, name, bounds.maxOperations), counts);
  mergeWindows(into.windows, from.windows);
  for (const [name, quota] of from.quotas) {
    if ((into.quotas.get(name)?.atMs ?? 0) <= quota.atMs) setBounded(into.quotas, [name, quota], maxQuotas);
  }
  for (const [name, usage] of from.usage) {
    const own = into.usage.get(name);
    const perMs = into.client.limits[Number.parseInt(name, 10)]?.perMs ?? 1;
    setBounded(into.usage, [name, own ? mergeUsage(own, usage, perMs) : usage], maxUsages);
  }
  if (from.breaker.atMs > into.breaker.atMs) into.breaker = from.breaker;
  for (const [name, atMs] of from.confirmedAtMs) {
    setBounded(
      into.confirmedAtMs,
      [name, Math.max(atMs, into.confirmedAtMs.get(name) ?? 0)],
      bounds.maxOperations + bounds.maxTags,
    );
  }
}

/** One state with everything that several processes counted. */
export function mergeStates(states: readonly TelemetryState[], bounds: TelemetryBounds): TelemetryState {
  const [first] = states;
  const merged: TelemetryState = {
    startedAtMs: Math.min(...states.map(({ startedAtMs }) => startedAtMs)),
    windowMs: first?.windowMs ?? 60_000,
    connectors: new Map(),
    webhooks: new Map(),
  };
  for (const { connectors, webhooks } of states) {
    for (const [provider, from] of connectors) {
      const into = merged.connectors.get(provider) ?? createConnectorState(from.client);
      setBounded(merged.connectors, [provider, into], maxConnectors);
      mergeConnector(into, from, bounds);
    }
    for (const [scheme, from] of webhooks) {
      const into = merged.webhooks.get(scheme) ?? createWebhookState();
      setBounded(merged.webhooks, [scheme, into], maxConnectors);
      addAll(into.total, from.total);
      for (const [type, counts] of from.eventTypes)
        addAll(countsFor(into.eventTypes, type, bounds.maxEventTypes), counts);
      mergeWindows(into.windows, from.windows);
    }
  }
  return merged;
}
