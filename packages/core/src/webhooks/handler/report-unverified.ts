import { WebhookVerificationError } from "../../errors/connectry-error.js";
import { type BoundedMemo, boundedMemo } from "../../platform/bounded-memo.js";
import type { Clock } from "../../platform/clock.js";
import type { ReportedDelivery } from "../scheme/delivery.js";
import type { EndpointFacts } from "../scheme/webhook-scheme.js";

// Anyone can send what is not verified, so it must not fill a log.
const intervalMs = 60_000;

interface Line {
  nextMs: number;
  omitted: number;
}

const linesOf = new WeakMap<object, BoundedMemo<Line>>();

/** A text of an unverified request as a part of one line: printable, and not long. */
const printable = (text: string) => text.replace(/[^!-~]/g, "?").slice(0, 200);

/** The id of a request, as its provider or a proxy names it. */
function requestId({ event }: EndpointFacts, delivery: ReportedDelivery): string {
  const named = (event.id ?? []).flat().flatMap((part) => (part.in === "header" ? [part.name] : []));
  for (const name of [...named, "x-request-id"]) {
    const id = delivery.header(name);
    if (id) return `, request id ${printable(id)}`;
  }
  return "";
}

/**
 * Prints why a delivery failed before it was verified, and what to check: at most once in a minute for each scheme and
 * reason, with the number of those that were left out. The line of a rejection contains the URL without its query, and
 * nothing of the body.
 */
export function reportUnverified(
  scheme: EndpointFacts,
  error: unknown,
  { delivery, clock }: { readonly delivery: ReportedDelivery; readonly clock: Pick<Clock, "monotonic"> },
): void {
  let lines = linesOf.get(clock);
  if (lines === undefined) {
    lines = boundedMemo(() => ({ nextMs: Number.NEGATIVE_INFINITY, omitted: 0 }));
    linesOf.set(clock, lines);
  }
  const reason = WebhookVerificationError.isInstance(error) ? error.reason : "failed";
  const line = lines.get(`${scheme.id} ${reason}`);
  if (clock.monotonic() < line.nextMs) {
    line.omitted += 1;
    return;
  }
  const omitted = line.omitted === 0 ? "" : ` ${line.omitted} more since the last report.`;
  // A query may contain tokens, and so may the user information of a URL.
  const url = delivery.url.replace(/[?#].*|\/\/[^/@]*@/gs, (found) => (found[0] === "/" ? "//" : ""));
  const request = `${printable(delivery.method)} ${printable(url)}${requestId(scheme, delivery)}.${omitted}`;
  if (WebhookVerificationError.isInstance(error)) {
    console.warn(`Connectry rejected a webhook (${reason}). ${error.message} ${request}`);
  } else console.error(`Connectry could not verify a webhook. ${request}`, error);
  line.nextMs = clock.monotonic() + intervalMs;
  line.omitted = 0;
}
