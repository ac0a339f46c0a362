import { type WebhookRejectionReason, WebhookVerificationError } from "../../errors/connectry-error.js";
import type { ProcessingOutcome } from "../inbox/process-once.js";
import type { EventFacts } from "../scheme/webhook-scheme.js";
import { fromResponseText } from "./response-text.js";

// 401 for a wrong signature, which Discord requires. 400 for a signed body that is malformed. 500 where the mistake is in
// our configuration.
const statuses: Readonly<Record<WebhookRejectionReason, number>> = {
  "header-missing": 401,
  malformed: 400,
  "too-old": 401,
  "clock-ahead": 401,
  "wrong-secret": 401,
  "body-parsed": 500,
  "too-large": 413,
  "unknown-key": 401,
  // The key of an authentic delivery could not be fetched, so that it has to come again.
  "key-unavailable": 503,
  "object-unavailable": 503,
};

const unavailableRetryMs = 10_000;
const comesAgain: readonly WebhookRejectionReason[] = ["key-unavailable", "object-unavailable"];

/** A response with a code for the provider's log, and no details. */
function failure(status: number, error: string, retryAfterMs?: number): Response {
  const headers: Record<string, string> = {};
  if (retryAfterMs !== undefined) headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  return Response.json({ error }, { status, headers });
}

/** The response to a delivery with these outcomes. One failure is enough for the provider to deliver it again. */
export function toResponse(
  outcomes: readonly ProcessingOutcome[],
  { successStatus, successText }: Pick<EventFacts, "successStatus" | "successText"> = {},
): Response {
  const find = <Kind extends ProcessingOutcome["kind"]>(kind: Kind) =>
    outcomes.find((one): one is Extract<ProcessingOutcome, { kind: Kind }> => one.kind === kind);
  if (find("failed")) return failure(500, "handler-failed");
  if (find("inbox-unavailable")) return failure(503, "inbox-unavailable", unavailableRetryMs);
  const busy = find("busy");
  if (busy !== undefined) return failure(409, "in-progress", busy.retryAfterMs);
  const value = find("processed")?.value;
  if (value instanceof Response) return value;
  const duplicate = find("done")?.response;
  return duplicate === undefined
    ? new Response(successText ?? null, { status: successStatus ?? 204 })
    : fromResponseText(duplicate);
}

/** The response to a delivery that was rejected, or whose verification failed. */
export function toErrorResponse(error: unknown, isVerified: boolean): Response {
  if (!WebhookVerificationError.isInstance(error)) return failure(500, "failed");
  const { reason } = error;
  // What is malformed before the signature is verified is a signature that cannot be.
  const retryAfterMs = comesAgain.includes(reason) ? unavailableRetryMs : undefined;
  return failure(reason === "malformed" && !isVerified ? 401 : statuses[reason], reason, retryAfterMs);
}
