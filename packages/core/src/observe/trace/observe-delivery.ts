import type { ObservedDelivery, ObservedEndpoint, Observer } from "../../client/observer.js";
import { WebhookVerificationError } from "../../errors/connectry-error.js";
import type { DeliveryRecord } from "../../pipeline/call-record.js";
import { textAt } from "../../platform/json-path.js";
import { notify } from "./guard.js";

// A delivery with 1,000 events may have many names, and a record is one line of a log.
const maxTypes = 20;

/** The worst first: one failed event is enough for the provider to deliver all of them again. */
const outcomes = [
  ["failed", "failed"],
  ["inbox-unavailable", "failed"],
  ["busy", "busy"],
  ["processed", "processed"],
  ["done", "duplicate"],
] as const;

function outcomeOf({ outcomes: own, error, events }: ObservedDelivery): DeliveryRecord["outcome"] {
  if (WebhookVerificationError.isInstance(error)) return "rejected";
  if (error !== undefined) return "failed";
  if (events === undefined) return "handshake";
  const [, worst = "ignored"] = outcomes.find(([kind]) => own?.some((one) => one.kind === kind)) ?? [];
  return worst;
}

/** Which attempt of the provider it is, counted from 1; undefined where the provider does not say. */
function attemptOf({ redeliveries, header }: ObservedEndpoint, { events }: ObservedDelivery): number | undefined {
  if (redeliveries === undefined || events === undefined) return undefined;
  const text = redeliveries.in === "header" ? header(redeliveries.name) : textAt(events[0]?.payload, redeliveries.path);
  const before = Number(text ?? 0);
  return Number.isSafeInteger(before) && before >= 0 ? before + 1 : undefined;
}

/** Begins to observe a delivery. */
export function observeDelivery(
  endpoint: ObservedEndpoint,
  observers: readonly Observer[],
): (delivery: ObservedDelivery) => void {
  const { scheme, clock } = endpoint;
  const receivedAtMs = clock.now();
  const startedAt = clock.monotonic();
  return (delivery) => {
    const { events = [], error, signedAtMs, status } = delivery;
    const record: DeliveryRecord = Object.freeze({
      scheme,
      eventTypes: Object.freeze([...new Set(events.map(({ type }) => type.slice(0, 200)))].slice(0, maxTypes)),
      events: events.length,
      outcome: outcomeOf(delivery),
      reason: WebhookVerificationError.isInstance(error) ? error.reason : undefined,
      status,
      receivedAtMs,
      durationMs: clock.monotonic() - startedAt,
      ageMs: signedAtMs === undefined ? undefined : Math.max(0, receivedAtMs - signedAtMs),
      attempt: attemptOf(endpoint, delivery),
    });
    for (const observer of observers) notify(observer, () => observer.hooks.onDelivery?.(record));
  };
}
