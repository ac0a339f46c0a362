import type { Clock, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentSource } from "../document/read-document.js";
import type { RecordedRequest } from "../http/recorded-request.js";
import type { AcceptedCredential } from "../request/check-credential.js";
import type { FakeDelivery, FakeWebhooksOptions } from "../webhooks/webhook-options.js";
import type { Quota } from "./quota.js";

/** What a fake provider is made from. */
export interface FakeProviderOptions {
  /**
   * The provider's OpenAPI 3.0 or 3.1 document, parsed or as the path of a JSON file, or of a folder of them, which `connectry pull --out`
   * writes; a list for several documents.
   */
  readonly document: DocumentSource | readonly DocumentSource[];
  /** The profile of its connector: authentication, pagination, errors, idempotency keys, and encoding of bodies and queries. */
  readonly profile: ProviderProfile;
  /** The generated facts of its connector, which have the exceptions of single operations. */
  readonly facts?: ProviderFacts | undefined;
  /** The only credential that is accepted, in the form of the client's `auth` option. @default any credential */
  readonly credential?: AcceptedCredential | undefined;
  /**
   * A rate limit. Requests beyond it get the response that the profile's retry rules take for `throttled`, and all
   * responses have the profile's `rateLimitHeaders`. @default no limit
   */
  readonly quota?: Quota | undefined;
  /** The clock that quotas are counted by. @default the system clock */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** Items on a page where the request does not set it. @default 10 */
  readonly pageSize?: number | undefined;
  /** Items of a list that was not seeded. @default 25 */
  readonly listLength?: number | undefined;
  /**
   * How the object of a list responds whose id was neither created, seeded nor sampled, and that no response has named: as a 404 in
   * the provider's format, or as a sample with that id, for programs that read what they never created.
   *
   * @default "not-found"
   */
  readonly unknownIds?: "not-found" | "sample" | undefined;
  /** Delivers an event to an endpoint for each object that a request creates, updates or deletes. @default no deliveries */
  readonly webhooks?: FakeWebhooksOptions | undefined;
}

/** A fake provider that is a server. */
export interface FakeServerOptions extends FakeProviderOptions {
  /** The port to listen on. @default a free one */
  readonly port?: number | undefined;
  /** The address to listen on, such as "0.0.0.0" where other containers are to reach it. @default "127.0.0.1" */
  readonly host?: string | undefined;
  /**
   * Lets clients control the server: the header `connectry-fault` has a fault for its response (a status, or the JSON
   * of a `Fault`), `POST /-/reset` forgets everything, `GET /-/requests` returns what was received, without credentials, `GET /-/deliveries`
   * the attempts to deliver events, and `POST /-/events` signs its body as the provider does, delivers it to the endpoint of
   * `webhooks`, and returns the first attempt. With it, `webhooks` also works where the document describes no events.
   *
   * @default false
   */
  readonly control?: boolean | undefined;
  /** Called for each request once its response was sent, with the milliseconds that it took. */
  readonly onRequest?: ((request: RecordedRequest, durationMs: number) => void) | undefined;
  /** Called after each attempt to deliver an event of `webhooks`. */
  readonly onDelivery?: ((delivery: FakeDelivery) => void) | undefined;
}
