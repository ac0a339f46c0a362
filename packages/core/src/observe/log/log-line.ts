import type { ObserverHooks } from "../../client/observer.js";
import type { CallRecord, DeliveryRecord } from "../../pipeline/call-record.js";

/** How important a line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** The fields of a line: numbers are whole milliseconds and bytes, and what is not known is left out. */
export type LogFields = Readonly<Record<string, string | number | readonly string[]>>;

/** Options of all loggers. */
export interface LogOptions {
  /**
   * The level of a call or delivery; undefined leaves it out.
   * @default calls: `info`; `warn` where the provider rejected the call or a limit held it back; `error` where the provider failed or
   * the outcome of a write is not known. Deliveries: `info`, `error` where a handler failed, `debug` where they were rejected, because
   * anyone can send those
   */
  readonly level?: ((record: CallRecord | DeliveryRecord) => LogLevel | undefined) | undefined;
}

/** A line of a log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** Failures after which the provider, or the connection to it, needs attention. */
const severe = new Set([
  "InternalServerError",
  "NetworkError",
  "TimeoutError",
  "OutcomeUnknownError",
  "ResponseParseError",
  "ResponseTooLargeError",
  "UnsafeRedirectError",
  "AuthenticationError",
]);

const isCall = (record: CallRecord | DeliveryRecord): record is CallRecord => "provider" in record;

function defaultLevel(record: CallRecord | DeliveryRecord): LogLevel {
  if (isCall(record))
    return !record.failure || record.outcome === "aborted"
      ? "info"
      : severe.has(record.failure.name)
        ? "error"
        : "warn";
  if (record.outcome === "failed") return "error";
  return record.outcome === "rejected" ? "debug" : "info";
}

/** Leaves out what is not known, and rounds times. */
function fieldsOf(fields: Readonly<Record<string, string | number | readonly string[] | undefined>>): LogFields {
  const known: Record<string, string | number | readonly string[]> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) known[name] = typeof value === "number" ? Math.round(value) : value;
  }
  return known;
}

function callLine(call: CallRecord): Omit<LogLine, "level"> {
  const { provider, operation, outcome, failure, durationMs, attempts, cache, requestId, quotas } = call;
  const fields = fieldsOf({
    provider,
    operation,
    trigger: call.trigger === "call" ? undefined : call.trigger,
    outcome,
    status: call.status,
    error: failure?.name,
    cause: failure?.cause,
    code: failure?.code,
    requestId,
    durationMs,
    attempts: attempts.length,
    queueMs: call.queueMs,
    permitMs: call.permitMs,
    backoffMs: call.backoffMs,
    providerMs: call.providerMs,
    cache,
    dataAgeMs: cache && call.dataAgeMs,
    requestBytes: call.requestBytes,
    responseBytes: call.responseBytes,
    deadlineLeftMs: call.deadlineLeftMs,
    quotaLeft: quotas.length > 0 ? Math.min(...quotas.map(({ remaining }) => remaining)) : undefined,
  });
  const result = failure ? [failure.name, failure.code].filter((part) => part).join(" ") : `${call.status ?? outcome}`;
  const source = cache === undefined || cache === "miss" ? "" : `, cache ${cache}`;
  const count = attempts.length > 1 ? `, ${attempts.length} attempts` : "";
  const request = requestId ? `, request ${requestId}` : "";
  return {
    message: `${provider} ${operation}: ${result} in ${Math.round(durationMs)} ms${count}${source}${request}`,
    fields,
  };
}

function deliveryLine(delivery: DeliveryRecord): Omit<LogLine, "level"> {
  const { scheme, eventTypes, events, outcome, reason, status, durationMs, ageMs, attempt } = delivery;
  const fields = fieldsOf({ scheme, eventTypes, events, outcome, reason, status, durationMs, ageMs, attempt });
  const what = [eventTypes.join(", "), reason && `(${reason})`].filter((part) => part).join(" ");
  return { message: `${scheme} webhook${what && ` ${what}`}: ${outcome} in ${Math.round(durationMs)} ms`, fields };
}

/** The hooks that write one line for each call and each delivery. */
export function logHooks({ level = defaultLevel }: LogOptions, write: (line: LogLine) => void): ObserverHooks {
  const writeAt = (record: CallRecord | DeliveryRecord, toLine: () => Omit<LogLine, "level">) => {
    const found = level(record);
    if (found !== undefined) write({ level: found, ...toLine() });
  };
  return {
    onCall: (call) => writeAt(call, () => callLine(call)),
    onDelivery: (delivery) => writeAt(delivery, () => deliveryLine(delivery)),
  };
}
