import type { ObservedDelivery } from "../../client/observer.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import { systemClock } from "../../platform/clock.js";
import { readDelivery } from "../delivery/read-delivery.js";
import { rawUrlOf } from "../delivery/request-url.js";
import type { WebhookEvent } from "../events/event.js";
import { routeEvent } from "../events/event-routes.js";
import { parseWebhook } from "../events/verify-webhook.js";
import { memoryInbox } from "../inbox/memory-inbox.js";
import { claimTasks, type EventTask } from "../inbox/process-once.js";
import { checkSecrets } from "../scheme/check-arguments.js";
import type { Delivery, ReportedDelivery } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { verifyDelivery } from "../signature/verify-signature.js";
import { deferWork } from "./defer-work.js";
import { endpointName } from "./endpoint-name.js";
import { setFailureReports } from "./failure-reports.js";
import type { WebhookHandlerOptions } from "./handler-options.js";
import { respondToHandshake, respondToUnsigned } from "./handshake.js";
import { reportUnverified } from "./report-unverified.js";
import { toResponseText } from "./response-text.js";
import { toErrorResponse, toResponse } from "./responses.js";

/** Handles a delivery: a route of Next.js, Hono, Workers, Bun or Deno. Rejects only where `onError` throws. */
export type WebhookHandler = (request: Request) => Promise<Response>;

/** What observers are notified of. */
type Seen = { -readonly [Field in keyof Omit<ObservedDelivery, "status">]: ObservedDelivery[Field] } & {
  /** The work after the response. */
  work?: Promise<unknown>;
};

function checkOptions<Events>(scheme: WebhookScheme, options: WebhookHandlerOptions<Events>): void {
  checkSecrets(scheme, options);
  const { on, otherwise, queue, waitUntil } = options;
  const handlers = on ?? otherwise;
  if (handlers === undefined && queue === undefined) {
    throw new ConfigurationError(`${scheme.name}: no handler for events: pass \`on\`, \`otherwise\` or \`queue\`.`);
  }
  if (handlers !== undefined && queue !== undefined) {
    throw new ConfigurationError(
      `${scheme.name}: \`queue\` cannot be combined with \`on\` or \`otherwise\`: pass the handlers to the worker of the queue.`,
    );
  }
  if (queue !== undefined && waitUntil !== undefined) {
    throw new ConfigurationError(
      `${scheme.name}: \`queue\` cannot be combined with \`waitUntil\`: the response has to wait until the queue has the events.`,
    );
  }
}

/**
 * Creates the handler of an endpoint. It responds with 2xx when the events were processed or queued, 401 where the
 * signature is missing, malformed or wrong, 400 where a signed body is malformed, 413 where it is too large, 409 while another
 * caller processes the same event, and 5xx where a handler, the queue or the inbox failed. The provider delivers again
 * after 409 and 5xx.
 * @throws ConfigurationError where the options have no `secrets`, no handler and no queue, or both.
 */
export function createWebhookHandler<Events>(
  scheme: WebhookScheme,
  options: WebhookHandlerOptions<Events>,
): WebhookHandler {
  checkOptions(scheme, options);
  const { queue, inbox = memoryInbox(), whenInboxFails = "reject", leaseMs = 60_000, clock = systemClock } = options;
  const { waitUntil } = options;
  const report = (error: unknown, delivery: ReportedDelivery, isVerified = true) => {
    if (options.onError !== undefined) options.onError(error, delivery);
    else if (isVerified) console.error(error);
    else reportUnverified(scheme, error, { delivery, clock });
  };

  const processAll = async (delivery: Delivery, events: readonly WebhookEvent[], seen: Seen): Promise<Response> => {
    // Without its colons, so that no other endpoint and event have the same key.
    const endpoint = (options.endpoint ?? endpointName(delivery.url)).replaceAll(":", "%3A");
    // By id, because one that is twice in a list is processed once.
    const tasks = new Map<string, EventTask>();
    for (const event of events) {
      const handle = queue === undefined ? routeEvent(options, event) : () => queue.add(event);
      if (handle === undefined || tasks.has(event.id)) continue;
      tasks.set(event.id, {
        key: event.isIdentified ? `${scheme.id}:${endpoint}:${event.id}` : undefined,
        process: (claim, signal) => handle({ delivery, claim, signal }),
      });
    }
    // An inbox rejects all claims that it sent together with the same error.
    const reported = new Set<unknown>();
    const claimed = await claimTasks([...tasks.values()], {
      inbox: inbox || undefined,
      whenInboxFails,
      leaseMs,
      clock,
      toText: toResponseText,
      report(error) {
        if (!reported.has(error)) report(error, delivery);
        reported.add(error);
      },
    });
    const processed = claimed.process().then((outcomes) => {
      seen.outcomes = outcomes;
      return outcomes;
    });
    const isDeferred =
      waitUntil !== undefined &&
      claimed.known.length < tasks.size &&
      deferWork(processed, waitUntil, (error) => report(error, delivery));
    if (isDeferred) seen.work = processed;
    return toResponse(isDeferred ? claimed.known : await processed, scheme.event);
  };

  const handle = async (request: Request, seen: Seen): Promise<Response> => {
    let delivery: Delivery | undefined;
    let isVerified = false;
    try {
      delivery = await readDelivery(scheme, request, options);
      const unsigned = respondToUnsigned(delivery, { scheme, onSecret: options.onSecret });
      if (unsigned) return await unsigned;
      let secret = "";
      const onMatch = (matching: string) => {
        secret = matching;
      };
      const verified = await verifyDelivery(scheme, delivery, { ...options, onMatch });
      isVerified = true;
      const { payload, events } = await parseWebhook<Readonly<Record<string, unknown>>>(scheme, verified, options);
      seen.signedAtMs = verified.signedAtMs;
      const handshake = respondToHandshake(scheme, payload, secret);
      if (handshake) return await handshake;
      seen.events = events;
      return await processAll(delivery, events, seen);
    } catch (error) {
      seen.error = error;
      const { method, headers } = request;
      const unread = { method, url: rawUrlOf(request), header: (name: string) => headers.get(name) ?? undefined };
      report(error, delivery ?? unread, isVerified);
      return toErrorResponse(error, isVerified);
    }
  };
  const handler: WebhookHandler = async (request) => {
    const [first, ...others] = [options.observe ?? []].flat();
    if (!first) return handle(request, {});
    const seen: Seen = {};
    const end = first.startDelivery(
      { ...scheme.event, scheme: scheme.id, clock, header: (name) => request.headers.get(name) },
      [first, ...others],
    );
    let status = 500;
    try {
      const response = await handle(request, seen);
      status = response.status;
      return response;
    } finally {
      // What is observed of work after the response is its outcome, too.
      const endDelivery = () => {
        const { work: _, ...observed } = seen;
        end({ ...observed, status });
      };
      if (seen.work === undefined) endDelivery();
      else seen.work.then(endDelivery, endDelivery);
    }
  };
  setFailureReports(handler, { scheme, report });
  return handler;
}
