import { ConfigurationError } from "../../errors/connectry-error.js";
import { systemClock } from "../../platform/clock.js";
import { randomUuid } from "../../platform/random.js";
import { readDelivery } from "../delivery/read-delivery.js";
import type { EventOf, WebhookEvent } from "../events/event.js";
import { createEndpoint, type WebhookHandler } from "../handler/endpoint.js";
import type { EndpointOptions } from "../handler/handler-options.js";
import type { Delivery, WebhookRequest } from "../scheme/delivery.js";
import type { ThinWebhookScheme } from "../scheme/thin-webhook-scheme.js";
import { createFetchObject, type FetchBounds, type FetchObject } from "./fetch-object.js";
import { readObjectId } from "./read-object-id.js";

// An id and a few words.
const maxBodyBytes = 16_384;

/** Where the objects of one kind come from. */
export interface ObjectSource<Payload> {
  /**
   * Reads an object from the provider's API: a call of a connector, which should be given the signal. Undefined, or a 404 or 410, where the
   * provider does not have it. Where it rejects otherwise, the provider gets a 503, and notifies again.
   */
  readonly fetch: (id: string, signal: AbortSignal) => Promise<Payload | undefined>;
  /**
   * What tells the states of an object apart, such as its status: each is processed once. What it leaves out is not noticed.
   * @default every notification is processed
   */
  readonly state?: ((payload: Payload) => string) | undefined;
}

/** Options of a handler of thin webhooks. Required is one of `on`, `otherwise` and `queue`. */
export interface ThinWebhookHandlerOptions<Events> extends Omit<EndpointOptions<Events>, "publicUrl">, FetchBounds {}

/** The webhooks of a provider that sends ids. */
export interface ThinWebhooks<Events> {
  /**
   * Creates the handler of an endpoint. It responds as that of signed webhooks does; with a success where the provider does not have the
   * object, so that nobody learns which ids exist; and with 503 where the object cannot be fetched.
   * @throws ConfigurationError where the options have no handler and no queue, or both.
   */
  handler(options: ThinWebhookHandlerOptions<Events>): WebhookHandler;
  /**
   * Fetches the object that a notification is about. Resolves to undefined where the provider does not have it.
   * @throws WebhookVerificationError `malformed` where the notification has no id of such an object, `object-unavailable` where the object
   * cannot be fetched.
   */
  read(
    request: Request | WebhookRequest,
    options?: Pick<FetchBounds, "fetchTimeoutMs">,
  ): Promise<EventOf<Events> | undefined>;
}

/** The payloads of events by the kinds of their objects. */
export type FetchedEvents<Sources> = {
  readonly [Kind in keyof Sources]: Sources[Kind] extends ObjectSource<infer Payload> ? Payload : never;
};

/**
 * The webhooks of a provider that sends ids without a signature, such as `mollieClassic`. Nothing in a notification is believed: its id is
 * compared with what ids look like, and the object is fetched from the provider's API. The event has that object as its payload, and
 * the kind of the object as its type. Objects are fetched for every notification, also while the same one is being fetched, because it
 * may have changed since.
 * @throws ConfigurationError where there is no source, or one for a kind that the scheme does not have.
 */
export function createThinWebhooks<
  Kind extends string,
  // biome-ignore lint/suspicious/noExplicitAny: the payload of each source is inferred.
  const Sources extends { readonly [Name in Kind]?: ObjectSource<any> },
>(scheme: ThinWebhookScheme<Kind>, sources: Sources): ThinWebhooks<FetchedEvents<Sources>> {
  const kinds = Object.keys(sources) as Kind[];
  const known = Object.keys(scheme.objects);
  const unknown = kinds.find((kind) => !known.includes(kind));
  if (kinds.length === 0 || unknown !== undefined) {
    const problem = unknown === undefined ? "no source of objects" : `it has no objects \`${unknown}\``;
    throw new ConfigurationError(
      `${scheme.name}: ${problem}: pass ${known.map((kind) => `\`${kind}\``).join(" or ")}.`,
    );
  }
  const facts = {
    id: scheme.id,
    name: scheme.name,
    maxBodyBytes,
    event: { type: [], ...(scheme.successStatus === undefined ? {} : { successStatus: scheme.successStatus }) },
  };

  const fetchNotified = async (delivery: Delivery, fetchObject: FetchObject) => {
    const notified = readObjectId(scheme, delivery, kinds);
    const source = sources[notified.kind] as ObjectSource<unknown>;
    return {
      ...notified,
      source,
      payload: await fetchObject(notified.kind, (signal) => source.fetch(notified.id, signal)),
    };
  };
  const toEvent = ({ kind, id, source, payload }: Awaited<ReturnType<typeof fetchNotified>>): WebhookEvent => {
    const state = source.state?.(payload);
    return {
      type: kind,
      names: [kind],
      id: `${id}.${state ?? randomUuid()}`,
      isIdentified: state !== undefined,
      payload,
      provider: scheme.id,
      signedAtMs: undefined,
    };
  };

  return {
    handler(options) {
      const { clock = systemClock } = options;
      const fetchObject = createFetchObject(scheme, options, clock);
      return createEndpoint(facts, options, async (delivery, onVerified) => {
        const fetched = await fetchNotified(delivery, fetchObject);
        onVerified();
        return {
          kind: "events",
          events: fetched.payload === undefined ? [] : [toEvent(fetched)],
          signedAtMs: undefined,
        };
      });
    },
    async read(request, options = {}) {
      const delivery = await readDelivery(facts, request, {});
      const fetched = await fetchNotified(delivery, createFetchObject(scheme, options, systemClock));
      if (fetched.payload === undefined) return undefined;
      return toEvent(fetched) as EventOf<FetchedEvents<Sources>>;
    },
  };
}
