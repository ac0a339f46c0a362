import type { MeterProvider, TracerProvider } from "@opentelemetry/api";
import type { Observer } from "../client/observer.js";
import { readOptions } from "../client/read-options.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { createObserver } from "../observe/trace/create-observer.js";
import type { OpenTelemetryApi } from "./api.js";
import { createCallMetrics } from "./call-metrics.js";
import { startCallSpan } from "./call-spans.js";

/** Options of `openTelemetry`. */
export interface OpenTelemetryOptions {
  /**
   * How attempts are shown: as events of the span of their call, next to the spans of an instrumentation of HTTP; or as CLIENT spans
   * with `http.request.resend_count`, for which instrumentations then create none. Their requests carry no trace context. @default "events"
   */
  readonly attempts?: "events" | "spans" | undefined;
  /** How many operations are counted apart; the rest is `other`. @default 200 */
  readonly maxOperations?: number | undefined;
  /** @default the global one */
  readonly tracerProvider?: TracerProvider | undefined;
  /** @default the global one */
  readonly meterProvider?: MeterProvider | undefined;
}

const scope = "@connectry/core";

/**
 * An observer that records each call as an active INTERNAL span, with metrics beside it. `api` is the package that your program has,
 * `import * as api from "@opentelemetry/api"`. Throws ConfigurationError for an invalid option.
 */
export function openTelemetry(api: OpenTelemetryApi, options: OpenTelemetryOptions = {}): Observer {
  const others = ["attempts", "tracerProvider", "meterProvider"];
  const { maxOperations } = readOptions(options, { defaults: { maxOperations: 200 }, others, where: "openTelemetry" });
  const { attempts = "events", tracerProvider = api.trace, meterProvider = api.metrics } = options;
  if (attempts !== "events" && attempts !== "spans") {
    throw new ConfigurationError(`openTelemetry: attempts must be "events" or "spans", got ${String(attempts)}.`);
  }
  const spans = { api, tracer: tracerProvider.getTracer(scope), attempts };
  const metrics = createCallMetrics(meterProvider.getMeter(scope), maxOperations);
  return createObserver({
    onStart: (start) => startCallSpan(spans, start),
    onCall: (call) => metrics.recordCall(call),
    onDelivery: (delivery) => metrics.recordDelivery(delivery),
  });
}
