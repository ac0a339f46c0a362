import type { CallSpan, Observer } from "../../client/observer.js";
import type { Call, Operation, Redact } from "../../pipeline/call.js";
import type { AttemptRecord, CallRecord, CallStart } from "../../pipeline/call-record.js";
import type { Reply } from "../../pipeline/reply.js";
import type { Clock } from "../../platform/clock.js";
import { AttemptTrace } from "./attempt-trace.js";
import { shortText, toFailureRecord } from "./failure-record.js";
import { notify, runBy } from "./guard.js";

/** What the traces of a client have in common. */
export interface TraceContext {
  readonly provider: string;
  readonly clock: Clock;
  readonly observers: readonly Observer[];
  /** Redacts the credential that was used last, for calls that are sent nothing. */
  redact: Redact;
}

/** How a call begins. */
export interface TraceStart {
  readonly operation: Operation;
  readonly trigger: CallStart["trigger"];
  readonly deadlineMs: number;
  readonly tags?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How a call ends. */
export interface TraceEnd {
  readonly response?: Reply | undefined;
  readonly error?: unknown;
}

interface ObservedSpan {
  readonly observer: Observer;
  readonly span: CallSpan;
}

const sumOf = <T>(items: readonly T[], of: (item: T) => number | undefined): number =>
  items.reduce((sum, item) => sum + (of(item) ?? 0), 0);

function serverOf({ baseUrl }: Operation): Pick<CallStart, "serverAddress" | "serverPort"> {
  const { hostname, port, protocol } = new URL(baseUrl);
  return { serverAddress: hostname, serverPort: Number(port) || (protocol === "http:" ? 80 : 443) };
}

/** What is recorded of one call while it is under way: one object for each call of a client that has observers. */
export class CallTrace {
  /** The attempts that were not reported yet. */
  readonly attempts: AttemptTrace[] = [];
  /** The attempt that waits for its admission. */
  waiting: AttemptTrace | undefined;
  isOver = false;
  redact: Redact;
  readonly #context: TraceContext;
  readonly #start: TraceStart;
  readonly #record: CallStart;
  readonly #startedAt: number;
  readonly #spans: readonly ObservedSpan[];
  #queueMs = 0;
  #permitMs = 0;
  #backoffMs = 0;
  #lastEndedAt: number | undefined;

  constructor(context: TraceContext, start: TraceStart) {
    const { clock, observers, provider, redact } = context;
    const { operation, trigger } = start;
    const { method, path, bucket } = operation;
    this.redact = redact;
    this.#context = context;
    this.#start = start;
    this.#startedAt = clock.monotonic();
    this.#record = Object.freeze({
      provider,
      operation: redact(operation.id),
      method,
      path: redact(path),
      bucket,
      trigger,
      startedAtMs: clock.now(),
      ...serverOf(operation),
    });
    this.#spans = observers.flatMap((observer) => {
      const span = notify(observer, () => observer.hooks.onStart?.(this.#record));
      return span ? [{ observer, span }] : [];
    });
  }

  /** Runs the work of the call within all spans, the first observer's outermost. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#spans.reduceRight<() => Promise<T>>(
      (inner, { observer, span }) => (span.run ? () => runBy(observer, (once) => span.run?.(once), inner) : inner),
      work,
    )();
  }

  /** An attempt asks for admission. */
  enter(call: Call, fullMs: number): void {
    const nowMs = this.#context.clock.monotonic();
    if (this.#lastEndedAt !== undefined) this.#backoffMs += nowMs - this.#lastEndedAt;
    this.#lastEndedAt = undefined;
    this.waiting = new AttemptTrace(call, { enteredAtMs: nowMs, fullMs });
  }

  /** The attempt that waited is admitted, or gives up. `fullMs` is the time in which all slots were occupied. */
  leave(fullMs: number): AttemptTrace | undefined {
    const attempt = this.waiting;
    this.waiting = undefined;
    attempt?.leave(this.#context.clock.monotonic(), fullMs);
    this.#queueMs += attempt?.queueMs ?? 0;
    this.#permitMs += attempt?.permitMs ?? 0;
    return attempt;
  }

  /** Runs an attempt that was admitted, within all spans. */
  runAttempt(attempt: AttemptTrace, work: () => Promise<Reply>): Promise<Reply> {
    const { clock } = this.#context;
    attempt.send(clock);
    this.attempts.push(attempt);
    const { number, sentAtMs: startedAtMs } = attempt;
    attempt.spans = this.#spans.flatMap(({ observer, span }) => {
      const own = notify(observer, () => span.onAttempt?.({ number, startedAtMs }));
      return own ? [{ observer, span: own }] : [];
    });
    return attempt.spans.reduceRight<() => Promise<Reply>>(
      (inner, { observer, span }) => (span.run ? () => runBy(observer, (once) => span.run?.(once), inner) : inner),
      work,
    )();
  }

  /** An attempt ended. */
  endAttempt(attempt: AttemptTrace): AttemptRecord {
    this.#lastEndedAt = this.#context.clock.monotonic();
    return attempt.end(this.#lastEndedAt, this.redact);
  }

  /** Ends the call, once its stream ended where its response is one. */
  end(end: TraceEnd): void {
    const { ended } = end.response ?? {};
    if (ended) void ended.then(() => this.#finish(end));
    else this.#finish(end);
  }

  #finish({ response, error }: TraceEnd): void {
    if (this.isOver) return;
    this.isOver = true;
    if (this.waiting) this.leave(this.waiting.fullMs);
    const { clock, observers } = this.#context;
    const nowMs = clock.monotonic();
    // What is still under way ends with the call.
    const attempts = Object.freeze(this.attempts.splice(0).map((attempt) => attempt.endWithCall(nowMs, this.redact)));
    const last = attempts.at(-1);
    const { cache, validatedAtMs, status } = response ?? {};
    const isJoined = (cache === "miss" || cache === "revalidated") && attempts.length === 0;
    const isStored = cache === "hit" || cache === "stale";
    const isSuccess = error === undefined;
    const { signal, deadlineMs, tags = [] } = this.#start;
    const durationMs = nowMs - this.#startedAt;
    const record: CallRecord = Object.freeze({
      ...this.#record,
      operation: this.redact(this.#record.operation),
      path: this.redact(this.#record.path),
      durationMs,
      outcome: isSuccess ? "success" : signal?.aborted && error === signal.reason ? "aborted" : "failure",
      failure: isSuccess ? undefined : Object.freeze(toFailureRecord(error, this.redact)),
      status: status ?? last?.status,
      requestId:
        last?.requestId ?? shortText((error as Partial<{ requestId: string }> | undefined)?.requestId, this.redact),
      attempts,
      queueMs: this.#queueMs,
      permitMs: this.#permitMs,
      backoffMs: this.#backoffMs,
      providerMs: sumOf(attempts, ({ providerMs }) => providerMs),
      cache: isJoined ? "joined" : cache,
      dataAgeMs: !isSuccess
        ? undefined
        : isStored && validatedAtMs !== undefined
          ? Math.max(0, clock.now() - validatedAtMs)
          : 0,
      tags: Object.freeze([...tags]),
      requestBytes: sumOf(attempts, ({ requestBytes }) => requestBytes),
      responseBytes: sumOf(attempts, ({ responseBytes }) => responseBytes),
      deadlineLeftMs: Number.isFinite(deadlineMs) ? Math.max(0, deadlineMs - durationMs) : undefined,
      quotas: last?.quotas ?? Object.freeze([]),
    } satisfies CallRecord);
    for (const { observer, span } of this.#spans) notify(observer, () => span.end?.(record));
    for (const observer of observers) notify(observer, () => observer.hooks.onCall?.(record));
  }
}
