import { ConfigurationError } from "../errors/configuration-error.js";
import { type WebhookRefusal, WebhookVerificationError } from "../errors/webhook-verification-error.js";
import { systemClock } from "../platform/clock.js";
import { acknowledged, refused } from "./answers.js";
import { type ClaimOptions, claimedWork, type WorkOutcome } from "./claimed-work.js";
import { type Delivery, readDelivery } from "./delivery.js";
import type { WebhookEvent } from "./event.js";
import type { WebhookHandlerOptions } from "./handler-options.js";
import { answerHandshake, offeredSecret } from "./handshake.js";
import { memoryInbox } from "./memory-inbox.js";
import { routeEvent } from "./route-event.js";
import type { WebhookScheme } from "./scheme.js";
import { verifyWebhook } from "./verify-webhook.js";

/** Takes a delivery as a web Request and answers it: a route of Next.js, Hono, Workers, Bun, Deno. */
export type WebhookHandler = (request: Request) => Promise<Response>;

// What the provider should see: a signature that is wrong is 401 (Discord insists), our own mistakes are 500.
const statuses: Readonly<Record<WebhookRefusal, number>> = {
  "header-missing": 401,
  malformed: 400,
  "too-old": 401,
  "clock-ahead": 401,
  "wrong-secret": 401,
  "body-parsed": 500,
  "too-large": 413,
};

const awayRetryMs = 10_000;

function checkOptions<Events>(scheme: WebhookScheme, { on, otherwise, queue }: WebhookHandlerOptions<Events>): void {
  const routes = on ?? otherwise;
  if ((routes === undefined) === (queue === undefined)) {
    const problem =
      queue === undefined
        ? "there is no handler"
        : "`queue` and handlers are both given, and the queue's worker has them";
    throw new ConfigurationError(`${scheme.name}: ${problem}. Give \`on\` and \`otherwise\`, or \`queue\`.`);
  }
}

/** One answer to all that a delivery held: what went worst decides, so that the provider delivers it again. */
function answerOf(outcomes: readonly WorkOutcome[]): Response {
  const find = <Kind extends WorkOutcome["kind"]>(kind: Kind) =>
    outcomes.find((one): one is Extract<WorkOutcome, { kind: Kind }> => one.kind === kind);
  if (find("failed")) return refused(500, "handler-failed");
  if (find("inbox-away")) return refused(503, "inbox-away", awayRetryMs);
  const busy = find("busy");
  if (busy !== undefined) return refused(409, "in-progress", busy.retryAfterMs);
  const value = find("done")?.value;
  return value instanceof Response ? value : acknowledged();
}

/**
 * Makes the handler of an endpoint. It answers 2xx once the work is done or the queue has it, 413 to what is too large,
 * 401 to what the provider did not sign, 409 while another process is at work on the same event, 5xx where a handler
 * or the inbox failed, so that the provider delivers again.
 * @throws ConfigurationError where there is nothing that takes the events.
 */
export function createWebhookHandler<Events>(
  scheme: WebhookScheme,
  options: WebhookHandlerOptions<Events>,
): WebhookHandler {
  checkOptions(scheme, options);
  const { queue, inbox = memoryInbox(), onSecret, clock = systemClock } = options;
  const report = (error: unknown, delivery: Delivery | undefined) => {
    if (options.onError !== undefined) options.onError(error, delivery);
    else if (!WebhookVerificationError.isInstance(error)) console.error(error);
  };

  const work = async (event: WebhookEvent, delivery: Delivery): Promise<WorkOutcome> => {
    const task = queue === undefined ? routeEvent(options, event) : () => queue.add(event);
    if (task === undefined) return { kind: "done", value: undefined };
    const claims: ClaimOptions = {
      inbox: inbox === false ? undefined : inbox,
      whenInboxFails: options.whenInboxFails ?? "refuse",
      leaseMs: options.leaseMs ?? 60_000,
      clock,
      onInboxError: (error) => report(error, delivery),
    };
    const outcome = await claimedWork(`${scheme.id}:${event.id}`, () => task({ delivery }), claims);
    if ("error" in outcome) report(outcome.error, delivery);
    return outcome;
  };

  const handle = async (request: Request): Promise<Response> => {
    const offer = offeredSecret(scheme, { header: (name) => request.headers.get(name) ?? undefined });
    if (offer !== undefined && onSecret !== undefined) {
      await onSecret(offer.secret, await readDelivery(scheme, request, options));
      return offer.accept();
    }
    const { delivery, payload, events } = await verifyWebhook(scheme, request, options);
    const answer = answerHandshake(scheme, payload);
    if (answer !== undefined) return answer;
    const outcomes: WorkOutcome[] = [];
    // One after the other: they are in the order in which they happened.
    for (const event of events) outcomes.push(await work(event, delivery));
    return answerOf(outcomes);
  };

  return async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      report(error, undefined);
      if (WebhookVerificationError.isInstance(error)) return refused(statuses[error.reason], error.reason);
      return refused(500, "failed");
    }
  };
}
