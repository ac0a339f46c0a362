import type { ProviderProfile } from "@connectry/core";
import type { WebhookScheme } from "@connectry/core/webhooks";
import * as webhooks from "@connectry/core/webhooks";
import type { ReceivedRequest } from "../http/recorded-request.js";
import { isObject, type JsonObject } from "../json/json-object.js";
import { createDocumentSchemas } from "../schema/document-schemas.js";
import { deliverWebhook } from "./deliver-webhook.js";
import type { DescribeEvent, WebhookEventBody } from "./described-event.js";
import { entryEvents } from "./entry-events.js";
import { envelopeEvents } from "./envelope-events.js";
import type { ObjectChange } from "./object-change.js";
import { postedEvent } from "./posted-event.js";
import type { FakeDelivery, FakeWebhooksOptions } from "./webhook-options.js";

/** Delivers an event for each change. */
export interface WebhookSender {
  readonly deliveries: readonly FakeDelivery[];
  /** Starts to deliver the event of a change, where it has one. */
  send(change: ObjectChange): void;
  /**
   * Delivers the event that a request has as its body, as the provider would send it. Resolves to the first attempt;
   * undefined where a reset ended it. Rejects with SyntaxError for a body that is not JSON.
   */
  post(request: ReceivedRequest): Promise<FakeDelivery | undefined>;
  /** Resolves once nothing is being delivered, or waits to be. */
  delivered(): Promise<void>;
  /** Ends what is being delivered, or waits to be. */
  end(): void;
  /** Ends all deliveries, and forgets them. */
  reset(): void;
}

const defaultDelaysMs = [500, 2_000, 8_000];
// As long as providers wait for a response at most; GitHub's limit: https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks
const timeoutMs = 10_000;

function schemeOf(profile: ProviderProfile, given: WebhookScheme | undefined): WebhookScheme {
  const known = Object.values(webhooks).find(
    (one): one is WebhookScheme => isObject(one) && "signed" in one && one.id === profile.id,
  );
  const scheme = given ?? known;
  if (scheme !== undefined) return scheme;
  throw new Error(`webhooks: it is not known how ${profile.name} signs: pass \`scheme\``);
}

function describeBy(documents: readonly JsonObject[]): DescribeEvent | undefined {
  for (const document of documents) {
    const schemas = createDocumentSchemas(document);
    const found = entryEvents(document, schemas) ?? envelopeEvents(document, schemas);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The headers in which a scheme has the name of an event and its id. */
function eventHeaders({ event }: WebhookScheme, { type, group = type, headers }: WebhookEventBody) {
  const named: Record<string, string> = {};
  for (const location of event.type[0] ?? []) if (location.in === "header") named[location.name] = group;
  for (const location of event.id?.[0] ?? []) if (location.in === "header") named[location.name] = crypto.randomUUID();
  return { ...named, ...headers };
}

/** What a sender depends on beside its options. */
export interface WebhookSenderContext {
  readonly documents: readonly JsonObject[];
  readonly profile: ProviderProfile;
  /** Whether events can be posted, so that there are some where the document describes none. */
  readonly isPosted?: boolean | undefined;
  /** Called after each attempt. */
  readonly onDelivery?: ((delivery: FakeDelivery) => void) | undefined;
}

/** Creates the deliveries of a fake provider. Throws an Error where it is not known how the provider signs, or which events it has. */
export function createWebhookSender(
  options: FakeWebhooksOptions,
  { documents, profile, isPosted = false, onDelivery }: WebhookSenderContext,
): WebhookSender {
  const { url: to, secret, retryDelaysMs = defaultDelaysMs } = options;
  const scheme = schemeOf(profile, options.scheme);
  const describe = options.event ?? describeBy(documents);
  if (describe === undefined && !isPosted)
    throw new Error(`webhooks: the document of ${profile.name} does not describe its events: pass \`event\``);
  const deliveries: FakeDelivery[] = [];
  const pending = new Set<Promise<void>>();
  let ended = new AbortController();
  let number = 0;

  const wait = (delayMs: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      // It does not keep a program running whose test has ended.
      timer.unref?.();
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener("abort", end, { once: true });
    });

  const attempt = async (
    event: WebhookEventBody,
    signal: AbortSignal,
  ): Promise<Pick<FakeDelivery, "status" | "error">> => {
    try {
      const { body } = event;
      const headers = eventHeaders(scheme, event);
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const { status } = await deliverWebhook({ scheme, secret, body, to, headers, signal: within });
      return { status, error: undefined };
    } catch (error) {
      const { message, cause } = error as Error;
      return { status: undefined, error: cause instanceof Error ? `${message}: ${cause.message}` : message };
    }
  };

  const deliver = async (
    event: WebhookEventBody,
    { operation, onFirst }: { readonly operation: string; readonly onFirst?: (delivery: FakeDelivery) => void },
  ): Promise<void> => {
    const { signal } = ended;
    // One id for all attempts, as providers repeat it.
    const repeated = { ...event, headers: eventHeaders(scheme, event) };
    for (let count = 1; !signal.aborted; count += 1) {
      const startedAtMs = performance.now();
      const result = await attempt(repeated, signal);
      if (signal.aborted) return;
      const { type, body } = event;
      const delivery = {
        type,
        body,
        operation,
        attempt: count,
        ...result,
        durationMs: performance.now() - startedAtMs,
      };
      deliveries.push(delivery);
      onDelivery?.(delivery);
      if (count === 1) onFirst?.(delivery);
      const isAccepted = result.status !== undefined && result.status >= 200 && result.status < 300;
      const delayMs = retryDelaysMs[count - 1];
      if (isAccepted || delayMs === undefined) return;
      await wait(delayMs, signal);
    }
  };

  const start: typeof deliver = (event, context) => {
    number += 1;
    const running = deliver(event, context).finally(() => pending.delete(running));
    pending.add(running);
    return running;
  };

  return {
    deliveries,
    send: (change) => {
      const event = describe?.(change, number + 1);
      if (event !== undefined) void start(event, { operation: change.operation });
    },
    post: async (request) => {
      const event = postedEvent(scheme, request);
      return new Promise((resolve) => {
        void start(event, { operation: "POST /-/events", onFirst: resolve }).then(() => resolve(undefined));
      });
    },
    delivered: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
    end: () => ended.abort(),
    reset: () => {
      ended.abort();
      ended = new AbortController();
      deliveries.length = 0;
      number = 0;
    },
  };
}
