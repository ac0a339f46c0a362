import type { ConnectorSnapshot, TelemetrySnapshot } from "@connectry/core/telemetry";
import { type Content, element, figure, meter, table } from "./elements.js";
import { count, duration, percent } from "./format.js";
import type { PlotContent } from "./plot.js";

/** A section of the page, and what is plotted in it once it is part of the page. */
export interface Section {
  readonly element: HTMLElement;
  readonly plots: readonly { readonly container: HTMLElement; readonly content: PlotContent }[];
}

const entries = (group: Readonly<Record<string, number>>) => Object.entries(group).sort(([, a], [, b]) => b - a);

function figures(connector: ConnectorSnapshot): Content {
  const { calls, errorRate, duration: times, attempts, retries, savedCalls, savedQuota, breaker } = connector;
  const state = breaker.state === "open" ? `open for ${duration(breaker.opensInMs)}` : breaker.state;
  return element(
    "dl",
    { class: "figures" },
    figure("Calls", "calls", count(calls)),
    figure("Error rate", "errorRate", percent(errorRate)),
    figure("p50", "p50", duration(times.p50Ms)),
    figure("p95", "p95", duration(times.p95Ms)),
    figure("p99", "p99", duration(times.p99Ms)),
    figure("Requests", "attempts", count(attempts)),
    figure("Retries", "retries", count(retries)),
    figure("Calls saved by the cache", "savedCalls", count(savedCalls)),
    figure("Quota saved", "savedQuota", count(savedQuota)),
    figure("Circuit breaker", "breaker", state),
  );
}

function limitRows({ limits, quotas }: ConnectorSnapshot): readonly (readonly Content[])[] {
  const documented = limits.map(({ bucket, operation, limit, perMs, used, freeInMs }) => [
    `${bucket}${operation ? `, ${operation}` : ""}: ${count(limit)} per ${duration(perMs)}`,
    meter(used / limit, `${count(used)} of ${count(limit)}`),
    freeInMs > 0 ? duration(freeInMs) : "now",
  ]);
  const reported = quotas.map(({ name, remaining, freeInMs }) => [
    `${name}, as the provider reports`,
    `${count(remaining)} left`,
    freeInMs > 0 ? duration(freeInMs) : "now",
  ]);
  return [...documented, ...reported];
}

/** The section of a connector. */
export function connectorSection(connector: ConnectorSnapshot, { windowMs }: TelemetrySnapshot): Section {
  const { provider, name, windows, failures, cache, operations, freshness } = connector;
  const timesMs = windows.map(({ atMs }) => atMs);
  const line = (label: string, color: string, of: (window: (typeof windows)[number]) => number | undefined) => ({
    label,
    color,
    values: windows.map(of),
  });
  const per = duration(windowMs);
  const plots = [
    {
      title: "Response times",
      unit: "ms",
      timesMs,
      lines: [
        line("p50", "first", ({ duration: { p50Ms } }) => p50Ms),
        line("p95", "second", ({ duration: { p95Ms } }) => p95Ms),
        line("p99", "third", ({ duration: { p99Ms } }) => p99Ms),
      ],
    },
    { title: "Error rate", unit: "%", timesMs, lines: [line("failed", "third", ({ errorRate }) => errorRate * 100)] },
    {
      title: `Calls and requests in ${per}`,
      unit: "",
      timesMs,
      lines: [
        line("calls", "first", ({ calls }) => calls),
        line("requests", "second", ({ attempts }) => attempts),
        line("retries", "third", ({ retries }) => retries),
      ],
    },
  ].map((content) => ({ container: element("div"), content }));

  const busiest = [...operations].sort((a, b) => b.calls - a.calls).slice(0, 20);
  const section = element(
    "section",
    { id: `connector-${provider}`, "aria-label": name },
    element("h2", {}, name),
    figures(connector),
    element("div", { class: "plots" }, ...plots.map(({ container }) => container)),
    element(
      "div",
      { class: "tables" },
      table("Limits and quotas", ["Limit", "Used", "Free in"], limitRows(connector)),
      table(
        "Failures by class",
        ["Class", "Calls"],
        entries(failures).map(([error, calls]) => [error, count(calls)]),
      ),
      table(
        "Cache",
        ["Outcome", "Calls"],
        entries(cache).map(([outcome, calls]) => [outcome, count(calls)]),
      ),
      table(
        "Freshness",
        ["Data of", "Confirmed"],
        freshness.map((one) => [`${one.kind} ${one.name}`, `${duration(one.ageMs)} ago`]),
      ),
      table(
        "Operations since the start",
        ["Operation", "Calls", "Failed", "p50", "p95", "p99"],
        busiest.map(({ operation, calls, errorRate, duration: { p50Ms, p95Ms, p99Ms } }) => [
          operation,
          count(calls),
          percent(errorRate),
          duration(p50Ms),
          duration(p95Ms),
          duration(p99Ms),
        ]),
      ),
    ),
  );
  return { element: section, plots };
}
