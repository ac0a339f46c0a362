import type { Context, Span, Tracer } from "@opentelemetry/api";
import type { AttemptSpan, CallSpan } from "../client/observer.js";
import type { AttemptRecord, CallStart } from "../pipeline/call-record.js";
import type { OpenTelemetryApi } from "./api.js";
import { attemptAttributes, endAttributes, startAttributes } from "./attributes.js";

/** How spans are created. */
export interface CallSpansContext {
  readonly api: OpenTelemetryApi;
  readonly tracer: Tracer;
  readonly attempts: "events" | "spans";
}

// The key of `suppressTracing` of @opentelemetry/core: keys are symbols by their name, so that it needs no dependency.
const suppressionKey = "OpenTelemetry SDK Context Key SUPPRESS_TRACING";

/** An attempt as a span of its own. Instrumentations of HTTP create none beside it. */
function attemptSpan(
  { api, tracer }: CallSpansContext,
  { method, operation, serverAddress, serverPort }: CallStart,
  callContext: Context,
): AttemptSpan {
  const { context, trace, SpanKind, SpanStatusCode, createContextKey } = api;
  const attributes = { "http.request.method": method, "server.address": serverAddress, "server.port": serverPort };
  const span = tracer.startSpan(operation, { kind: SpanKind.CLIENT, attributes }, callContext);
  const active = trace.setSpan(callContext, span).setValue(createContextKey(suppressionKey), true);
  return {
    run: (work) => context.with(active, work),
    end(attempt) {
      const ended = attemptAttributes(attempt);
      span.setAttributes(ended);
      if (ended["error.type"]) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** An attempt as an event of the span of its call. */
function attemptEvent(span: Span): AttemptSpan {
  return {
    end(attempt: AttemptRecord) {
      span.addEvent("connectry.attempt", {
        ...attemptAttributes(attempt),
        "connectry.attempt.number": attempt.number,
        "connectry.attempt.duration": attempt.providerMs / 1_000,
      });
    },
  };
}

/** Begins the span of a call. It is active while the call runs, so that spans of HTTP are its children, after queues and retries, too. */
export function startCallSpan(spans: CallSpansContext, start: CallStart): CallSpan {
  const { api, tracer, attempts } = spans;
  const { context, trace, SpanKind, SpanStatusCode } = api;
  const parent = context.active();
  const caller = trace.getSpanContext(parent);
  const isBackground = start.trigger === "background";
  const options = {
    kind: SpanKind.INTERNAL,
    attributes: startAttributes(start),
    // The call that caused a refresh does not wait for it.
    ...(isBackground && { root: true, links: caller ? [{ context: caller }] : [] }),
  };
  const span = tracer.startSpan(start.operation, options, parent);
  const active = trace.setSpan(parent, span);
  return {
    run: (work) => context.with(active, work),
    onAttempt: () => (attempts === "spans" ? attemptSpan(spans, start, active) : attemptEvent(span)),
    end(call) {
      // A path that contains the credential is redacted once that is known.
      if (call.operation !== start.operation) span.updateName(call.operation);
      span.setAttributes({ ...endAttributes(call), "connectry.operation": call.operation });
      if (call.outcome === "failure") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
