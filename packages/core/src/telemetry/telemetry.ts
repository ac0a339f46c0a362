import type { Observer } from "../client/observer.js";
import { readOptions } from "../client/read-options.js";
import { createObserver } from "../observe/trace/create-observer.js";
import type { Clock } from "../platform/clock.js";
import { systemClock } from "../platform/clock.js";
import { countCall, countDelivery } from "./count-call.js";
import { mergeStates } from "./merge-states.js";
import { prometheusText } from "./prometheus-text.js";
import { type TelemetrySnapshot, toSnapshot } from "./snapshot.js";
import { formatState, parseState, requireStore, type TelemetryStore } from "./state-text.js";
import { createConnectorState, createWebhookState, type TelemetryState } from "./telemetry-state.js";

/** Options of `telemetry`. */
export interface TelemetryOptions {
  /** How many operations of a connector are counted apart; the rest is `other`. @default 200 */
  readonly maxOperations?: number | undefined;
  /** How many cache tags have a freshness of their own. @default 100 */
  readonly maxTags?: number | undefined;
  /** How many event types of a webhook are counted apart; the rest is `other`. @default 100 */
  readonly maxEventTypes?: number | undefined;
  /** The length of a window, which is what plots have a point for, in milliseconds. @default 60_000 */
  readonly windowMs?: number | undefined;
  /** How many windows are kept. @default 1_440, a day of minutes */
  readonly maxWindows?: number | undefined;
  /** Where processes share what they counted: `redisTelemetry()` of `@connectry/core/redis`. @default this process alone */
  readonly store?: TelemetryStore | undefined;
  /** @default the system clock */
  readonly clock?: Clock | undefined;
}

/** Of which time a snapshot is. */
export interface SnapshotOptions {
  /** Counts only windows of the last so many milliseconds. Operations and event types are always of all time. @default all time */
  readonly lastMs?: number | undefined;
}

/** Counts calls and webhooks: the value of the option `observe` of connectors and of webhook handlers, alone or in a list. */
export interface Telemetry extends Observer {
  /** What this process counted. */
  snapshot(options?: SnapshotOptions): TelemetrySnapshot;
  /** What this process counted, in the text format of Prometheus, as `text/plain; version=0.0.4`. */
  prometheus(): string;
  /**
   * Publishes what this process counted, and returns what all processes counted: as a snapshot. Rejects where the store is unavailable;
   * throws ConfigurationError without a store.
   */
  mergedSnapshot(options?: SnapshotOptions): Promise<TelemetrySnapshot>;
  /** Publishes what this process counted, for others. Call it every few seconds, and before the process ends. */
  publish(): Promise<void>;
}

const defaults = { maxOperations: 200, maxTags: 100, maxEventTypes: 100, windowMs: 60_000, maxWindows: 1_440 };

/** Counts calls and webhooks in this process, with a bounded number of names. Throws ConfigurationError for an invalid option. */
export function telemetry(options: TelemetryOptions = {}): Telemetry {
  const bounds = readOptions(options, { defaults, others: ["store", "clock"], where: "telemetry" });
  const { clock = systemClock, store } = options;
  const { windowMs } = bounds;
  const state: TelemetryState = { startedAtMs: clock.now(), windowMs, connectors: new Map(), webhooks: new Map() };

  const connectorOf = (provider: string) => {
    let connector = state.connectors.get(provider);
    if (!connector) {
      connector = createConnectorState({ name: provider, limits: [], concurrency: 0, hasCache: false });
      state.connectors.set(provider, connector);
    }
    return connector;
  };
  const context = () => ({ ...bounds, nowMs: clock.now() });
  const observer = createObserver({
    onClient({ provider, ...client }) {
      connectorOf(provider).client = client;
    },
    onCall(call) {
      countCall(connectorOf(call.provider), call, context());
    },
    onDelivery(delivery) {
      let webhook = state.webhooks.get(delivery.scheme);
      if (!webhook) {
        webhook = createWebhookState();
        state.webhooks.set(delivery.scheme, webhook);
      }
      countDelivery(webhook, delivery, context());
    },
  });

  const snapshotOf = (of: TelemetryState, { lastMs }: SnapshotOptions = {}) => {
    const nowMs = clock.now();
    // The window in which the range begins counts as a whole.
    const fromMs = lastMs === undefined ? undefined : Math.floor((nowMs - lastMs) / windowMs) * windowMs;
    return toSnapshot(of, nowMs, fromMs);
  };
  const publish = async () => await requireStore(store).publish(formatState(state));

  return {
    ...observer,
    snapshot: (range) => snapshotOf(state, range),
    prometheus: () => prometheusText(state, clock.now()),
    publish,
    async mergedSnapshot(range) {
      await publish();
      const states = (await requireStore(store).read()).flatMap((text) => parseState(text) ?? []);
      return snapshotOf(mergeStates(states, bounds), range);
    },
  };
}
