import type { ObservedDelivery } from "../../client/observer.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import { systemClock } from "../../platform/clock.js";
import { readDelivery } from "../delivery/read-delivery.js";
import { rawUrlOf } from "../delivery/request-url.js";
import type { WebhookEvent } from "../events/event.js";
import { routeEvent } from "../events/event-routes.js";
import { memoryInbox } from "../inbox/memory-inbox.js";
import { claimTasks, type EventTask } from "../inbox/process-once.js";
import type { Delivery, ReportedDelivery } from "../scheme/delivery.js";
import type { EndpointFacts } from "../scheme/webhook-scheme.js";
import { deferWork } from "./defer-work.js";
import { endpointName } from "./endpoint-name.js";
import { setFailureReports } from "./failure-reports.js";
import type { EndpointOptions } from "./handler-options.js";
import { reportUnverified } from "./report-unverified.js";
import { toResponseText } from "./response-text.js";
import { toErrorResponse, toResponse } from "./responses.js";

/** Handles a delivery: a route of Next.js, Hono, Workers, Bun or Deno. Rejects only where `onError` throws. */
export type WebhookHandler = (request: Request) => Promise<Response>;

/** What an authentic delivery is: events, or a handshake with its response. */
export type AcceptedDelivery = { readonly signedAtMs: number | undefined } & (
  | { readonly kind: "events"; readonly events: readonly WebhookEvent[] }
  | { readonly kind: "handshake"; readonly response: Response | Promise<Response> }
);

/**
 * Verifies a delivery, and reads its events. What fails before `onVerified` was called is reported as a delivery that anyone may have
 * sent.
 */
export type AcceptDelivery = (delivery: Delivery, onVerified: () => void) => Promise<AcceptedDelivery>;

/** What observers are notified of. */
type Seen = { -readonly [Field in keyof Omit<ObservedDelivery, "status">]: ObservedDelivery[Field] } & {
  /** The work after the response. */
  work?: Promise<unknown>;
};

function checkOptions<Events>(scheme: EndpointFacts, options: EndpointOptions<Events>): void {
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
 * Creates the handler of an endpoint, which processes what `accept` finds in a delivery: it claims the events, calls their handlers or
 * stores them, responds, and reports.
 * @throws ConfigurationError where the options have no handler and no queue, or both.
 */
export function createEndpoint<Events>(
  scheme: EndpointFacts,
  options: EndpointOptions<Events>,
  accept: AcceptDelivery,
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
      const accepted = await accept(delivery, () => {
        isVerified = true;
      });
      seen.signedAtMs = accepted.signedAtMs;
      if (accepted.kind === "handshake") return await accepted.response;
      seen.events = accepted.events;
      return await processAll(delivery, accepted.events, seen);
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
