import type { TelemetrySnapshot, WebhookSnapshot } from "@connectry/core/telemetry";
import type { Section } from "./connector-section.js";
import { element, figure, table } from "./elements.js";
import { count, duration, percent } from "./format.js";

/** The section of the webhooks of a scheme. */
export function webhookSection(webhook: WebhookSnapshot, { windowMs }: TelemetrySnapshot): Section {
  const { scheme, deliveries, failureRate, lag, handling, redeliveries, outcomes, eventTypes, windows } = webhook;
  const container = element("div");
  const content = {
    title: `Deliveries in ${duration(windowMs)}`,
    unit: "",
    timesMs: windows.map(({ atMs }) => atMs),
    lines: [
      { label: "delivered", color: "first", values: windows.map((window) => window.deliveries) },
      { label: "failed", color: "third", values: windows.map((window) => window.outcomes.failed ?? 0) },
    ],
  };
  const section = element(
    "section",
    { id: `webhook-${scheme}`, "aria-label": `Webhooks of ${scheme}` },
    element("h2", {}, `Webhooks: ${scheme}`),
    element(
      "dl",
      { class: "figures" },
      figure("Deliveries", "deliveries", count(deliveries)),
      figure("Succeeded", "successRate", deliveries > 0 ? percent(1 - failureRate) : "–"),
      figure("Lag p95", "lag", duration(lag.p95Ms)),
      figure("Handling p95", "handling", duration(handling.p95Ms)),
      figure("Redeliveries", "redeliveries", count(redeliveries)),
    ),
    element("div", { class: "plots" }, container),
    element(
      "div",
      { class: "tables" },
      table(
        "Outcomes",
        ["Outcome", "Deliveries"],
        Object.entries(outcomes).map(([outcome, value]) => [outcome, count(value)]),
      ),
      table(
        "Events since the start",
        ["Type", "Deliveries", "Failed"],
        eventTypes.map(({ type, deliveries: own, failureRate: failed }) => [type, count(own), percent(failed)]),
      ),
    ),
  );
  return { element: section, plots: [{ container, content }] };
}
