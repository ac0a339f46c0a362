import type { Observer } from "../client/observer.js";
import { readOptions } from "../client/read-options.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { createObserver } from "../observe/trace/create-observer.js";
import { type Clock, systemClock } from "../platform/clock.js";
import type { ConnectorSnapshot, WebhookSnapshot } from "./snapshot.js";
import type { Telemetry } from "./telemetry.js";

/** What is compared with a threshold. */
export type AlertKind = "errorRate" | "p95Ms" | "quotaLeft" | "dataAgeMs" | "webhookFailureRate";

/** A value that crossed its threshold, or is back. */
export interface Alert {
  readonly kind: AlertKind;
  /** The connector, or the scheme of a webhook. */
  readonly provider: string;
  /** The quota, operation or tag. */
  readonly name: string | undefined;
  readonly state: "raised" | "resolved";
  readonly value: number;
  readonly threshold: number;
}

/** Options of `thresholds`. What has no threshold is not watched. */
export interface ThresholdOptions {
  /** The share of calls that may fail, from 0 to 1. */
  readonly errorRate?: number | undefined;
  /** How long 95 of 100 calls may take at most, in milliseconds. */
  readonly p95Ms?: number | undefined;
  /** How much of a quota must be left, as the provider counts it. */
  readonly quotaLeft?: number | undefined;
  /** How long ago the provider may have confirmed the data of an operation or a tag, in milliseconds. */
  readonly dataAgeMs?: number | undefined;
  /** The share of webhook deliveries that may fail, from 0 to 1. */
  readonly webhookFailureRate?: number | undefined;
  /** Of which time rates and response times are, in milliseconds. @default 300_000 */
  readonly lastMs?: number | undefined;
  /** How many calls or deliveries that time must hold before a rate or a response time counts. @default 20 */
  readonly minCount?: number | undefined;
  /** How often calls and deliveries cause a check at most, in milliseconds. @default 10_000 */
  readonly everyMs?: number | undefined;
  /** Is notified when a value crosses its threshold, once, and when it is back. */
  readonly onAlert: (alert: Alert) => void;
  /** @default the system clock */
  readonly clock?: Clock | undefined;
}

/** An observer that checks thresholds after calls and deliveries. */
export interface ThresholdWatch extends Observer {
  /** Checks now, also where nothing was called for a while. Returns what is above its threshold. */
  check(): readonly Alert[];
}

interface Measured {
  readonly kind: AlertKind;
  readonly provider: string;
  readonly name?: string | undefined;
  readonly value: number;
}

function measureConnector(
  { provider, calls, errorRate, duration, quotas, freshness }: ConnectorSnapshot,
  minCount: number,
): readonly Measured[] {
  const rates: readonly Measured[] =
    calls < minCount
      ? []
      : [
          { kind: "errorRate", provider, value: errorRate },
          { kind: "p95Ms", provider, value: duration.p95Ms ?? 0 },
        ];
  return [
    ...rates,
    // A quota whose time has passed is full again.
    ...quotas.flatMap(({ name, remaining, freeInMs }): readonly Measured[] =>
      freeInMs > 0 ? [{ kind: "quotaLeft", provider, name, value: remaining }] : [],
    ),
    ...freshness.map(
      ({ kind, name, ageMs }): Measured => ({ kind: "dataAgeMs", provider, name: `${kind} ${name}`, value: ageMs }),
    ),
  ];
}

function measureWebhook({ scheme, deliveries, failureRate }: WebhookSnapshot, minCount: number): readonly Measured[] {
  return deliveries < minCount ? [] : [{ kind: "webhookFailureRate", provider: scheme, value: failureRate }];
}

const kinds: readonly AlertKind[] = ["errorRate", "p95Ms", "quotaLeft", "dataAgeMs", "webhookFailureRate"];

/**
 * Watches what `telemetry` counts: the callback is notified when a value crosses its threshold, and when it is back. It is an observer
 * next to the telemetry, `observe: [metrics, thresholds(metrics, { errorRate: 0.05, onAlert })]`, and checks after calls and deliveries;
 * `check` is for a timer of yours, because data also ages where nothing is called. Throws ConfigurationError for an invalid option.
 */
export function thresholds(telemetry: Telemetry, options: ThresholdOptions): ThresholdWatch {
  const { onAlert, clock = systemClock } = options;
  const defaults = { lastMs: 300_000, minCount: 20, everyMs: 10_000 };
  const others = [...kinds, "onAlert", "clock"];
  const { lastMs, minCount, everyMs } = readOptions(options, { defaults, others, where: "thresholds" });
  if (typeof onAlert !== "function") throw new ConfigurationError("thresholds: onAlert must be a function.");
  for (const kind of kinds) {
    const value: unknown = options[kind];
    if (value !== undefined && !(typeof value === "number" && value >= 0)) {
      throw new ConfigurationError(`thresholds: ${kind} must be a number, 0 or more, got ${String(value)}.`);
    }
  }
  const raised = new Map<string, Alert>();
  let nextAt = -Infinity;

  const check = () => {
    nextAt = clock.monotonic() + everyMs;
    const { connectors, webhooks } = telemetry.snapshot({ lastMs });
    const measured = [
      ...connectors.flatMap((connector) => measureConnector(connector, minCount)),
      ...webhooks.flatMap((webhook) => measureWebhook(webhook, minCount)),
    ];
    const above = new Map<string, Alert>();
    const values = new Map<string, number>();
    for (const { kind, provider, name, value } of measured) {
      const threshold = options[kind];
      if (threshold === undefined) continue;
      const key = JSON.stringify([kind, provider, name]);
      values.set(key, value);
      if (kind === "quotaLeft" ? value < threshold : value > threshold) {
        above.set(key, { kind, provider, name, state: "raised", value, threshold });
      }
    }
    for (const [key, alert] of raised) {
      if (above.has(key)) continue;
      raised.delete(key);
      onAlert({ ...alert, state: "resolved", value: values.get(key) ?? alert.value });
    }
    for (const [key, alert] of above) {
      if (raised.has(key)) continue;
      raised.set(key, alert);
      onAlert(alert);
    }
    return [...above.values()];
  };
  const checkSometimes = () => {
    if (clock.monotonic() >= nextAt) check();
  };
  return { ...createObserver({ onCall: checkSometimes, onDelivery: checkSometimes }), check };
}
