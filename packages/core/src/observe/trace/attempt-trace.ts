import type { AttemptSpan, Observer } from "../../client/observer.js";
import type { Body, Call, Redact } from "../../pipeline/call.js";
import type { AttemptRecord, QuotaRecord } from "../../pipeline/call-record.js";
import type { Reply } from "../../pipeline/reply.js";
import type { Clock } from "../../platform/clock.js";
import { shortText } from "./failure-record.js";
import { notify } from "./guard.js";

/** Whether the size of a body is known only once it was sent. */
export function isOfUnknownSize(body: Body | undefined): boolean {
  return body?.kind === "one-shot" || (body?.kind === "reopenable" && body.size === undefined);
}

/** The size of a body, where it is known before it is sent. */
function sizeOf(body: Body | undefined): number | undefined {
  if (body?.kind === "reopenable") return body.size;
  if (body?.kind === "one-shot") return undefined;
  const data = body?.data ?? "";
  return typeof data === "string" ? utf8Length(data) : data.length;
}

/** The length of a text in UTF-8: only characters outside ASCII take more than a byte. */
function utf8Length(text: string): number {
  const wide = text.match(/[^\0-\x7f]+/g);
  const wideUnits = wide ? wide.reduce((sum, run) => sum + run.length, 0) : 0;
  return text.length - wideUnits + (wide ? new TextEncoder().encode(wide.join("")).length : 0);
}

/** What is recorded of an attempt while it is under way. */
export class AttemptTrace {
  readonly number: number;
  sentAtMs = 0;
  queueMs = 0;
  permitMs = 0;
  spans: readonly { readonly observer: Observer; readonly span: AttemptSpan }[] = [];
  reply: Reply | undefined;
  quotas: readonly QuotaRecord[] = [];
  /** What was sent of a request body whose size is not known before. */
  sentBytes: number | undefined;
  /** What was read of a response that is a stream, once that ended. */
  readBytes: number | undefined;
  readonly fullMs: number;
  readonly #enteredAt: number;
  readonly #body: Body | undefined;
  #sentAt = 0;
  #record: AttemptRecord | undefined;

  constructor({ attempt, body }: Call, { enteredAtMs, fullMs }: { enteredAtMs: number; fullMs: number }) {
    this.number = attempt;
    this.fullMs = fullMs;
    this.#enteredAt = enteredAtMs;
    this.#body = body;
  }

  /** The wait ends. What of it fell into the time in which all slots were occupied was a wait for a slot. */
  leave(nowMs: number, fullMs: number): void {
    const waitMs = nowMs - this.#enteredAt;
    this.queueMs = Math.min(waitMs, fullMs - this.fullMs);
    this.permitMs = waitMs - this.queueMs;
  }

  /** It is sent. */
  send(clock: Clock): void {
    this.sentAtMs = clock.now();
    this.#sentAt = clock.monotonic();
  }

  /** Its record at the end of the call: that of its own end, with what was read of a stream since. */
  endWithCall(nowMs: number, redact: Redact): AttemptRecord {
    const record = this.end(nowMs, redact);
    return this.readBytes === undefined ? record : Object.freeze({ ...record, responseBytes: this.readBytes });
  }

  /** Its record, once. */
  end(nowMs: number, redact: Redact): AttemptRecord {
    if (this.#record) return this.#record;
    const { number, sentAtMs, queueMs, permitMs, reply } = this;
    const body = reply?.body;
    const received = body instanceof ReadableStream ? undefined : (body?.length ?? 0);
    const record: AttemptRecord = Object.freeze({
      number,
      startedAtMs: sentAtMs,
      queueMs,
      permitMs,
      providerMs: nowMs - this.#sentAt,
      status: reply?.status,
      verdict: reply?.verdict.kind,
      requestId: shortText(reply?.requestId, redact),
      requests: reply?.requests,
      requestBytes: sizeOf(this.#body) ?? this.sentBytes,
      responseBytes: reply ? received : undefined,
      quotas: Object.freeze(this.quotas),
    });
    this.#record = record;
    this.reply = undefined;
    for (const { observer, span } of this.spans) notify(observer, () => span.end?.(record));
    return record;
  }
}
