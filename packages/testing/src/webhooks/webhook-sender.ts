import type { ProviderProfile } from "@connectry/core";
import type { WebhookScheme } from "@connectry/core/webhooks";
import * as webhooks from "@connectry/core/webhooks";
import { isObject, type JsonObject } from "../json/json-object.js";
import { createDocumentSchemas } from "../schema/document-schemas.js";
import { deliverWebhook } from "./deliver-webhook.js";
import type { DescribeEvent, WebhookEventBody } from "./described-event.js";
import { entryEvents } from "./entry-events.js";
import { envelopeEvents } from "./envelope-events.js";
import type { ObjectChange } from "./object-change.js";
import type { FakeDelivery, FakeWebhooksOptions } from "./webhook-options.js";

/** Delivers an event for each change. */
export interface WebhookSender {
  readonly deliveries: readonly FakeDelivery[];
  /** Starts to deliver the event of a change, where it has one. */
  send(change: ObjectChange): void;
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

function describeBy(documents: readonly JsonObject[], { name }: ProviderProfile): DescribeEvent {
  for (const document of documents) {
    const schemas = createDocumentSchemas(document);
    const found = entryEvents(document, schemas) ?? envelopeEvents(document, schemas);
    if (found !== undefined) return found;
  }
  throw new Error(`webhooks: the document of ${name} does not describe its events: pass \`event\``);
}

/** The headers in which a scheme has the name of an event and its id. */
function eventHeaders({ event }: WebhookScheme, { type, group = type, headers }: WebhookEventBody) {
  const named: Record<string, string> = {};
  for (const location of event.type[0] ?? []) if (location.in === "header") named[location.name] = group;
  for (const location of event.id?.[0] ?? []) if (location.in === "header") named[location.name] = crypto.randomUUID();
  return { ...named, ...headers };
}

/**
 * Creates the deliveries of a fake provider. Throws an Error where it is not known how the provider signs, or which events it has.
 * `onDelivery` is called after each attempt.
 */
export function createWebhookSender(
  options: FakeWebhooksOptions,
  source: { readonly documents: readonly JsonObject[]; readonly profile: ProviderProfile },
  onDelivery?: (delivery: FakeDelivery) => void,
): WebhookSender {
  const { url: to, secret, retryDelaysMs = defaultDelaysMs } = options;
  const scheme = schemeOf(source.profile, options.scheme);
  const describe = options.event ?? describeBy(source.documents, source.profile);
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

  const deliver = async (event: WebhookEventBody, operation: string, signal: AbortSignal): Promise<void> => {
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
      const isAccepted = result.status !== undefined && result.status >= 200 && result.status < 300;
      const delayMs = retryDelaysMs[count - 1];
      if (isAccepted || delayMs === undefined) return;
      await wait(delayMs, signal);
    }
  };

  return {
    deliveries,
    send: (change) => {
      const event = describe(change, number + 1);
      if (event === undefined) return;
      number += 1;
      const running = deliver(event, change.operation, ended.signal).finally(() => pending.delete(running));
      pending.add(running);
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
