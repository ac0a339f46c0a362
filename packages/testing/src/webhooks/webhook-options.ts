import type { WebhookScheme } from "@connectry/core/webhooks";
import type { DescribeEvent } from "./described-event.js";

/** Where a fake provider delivers an event for each change, and how. */
export interface FakeWebhooksOptions {
  /** The URL of the endpoint, or its handler. */
  readonly url: string | ((request: Request) => Promise<Response>);
  /** The secret of the endpoint, `whsec_...`. */
  readonly secret: string;
  /** How the provider signs: `webhooks.scheme` of its connector. @default that of `@connectry/core/webhooks` with the id of the profile */
  readonly scheme?: WebhookScheme | undefined;
  /**
   * The event of a change; undefined where there is none. @default what the document describes: its `webhooks`, or its list of event
   * names and the schema that they are delivered in
   */
  readonly event?: DescribeEvent | undefined;
  /**
   * How long to wait before each repetition of a delivery that failed or was not responded to with a 2xx, in milliseconds.
   *
   * @default [500, 2_000, 8_000]
   */
  readonly retryDelaysMs?: readonly number[] | undefined;
}

/** One attempt to deliver an event. */
export interface FakeDelivery {
  /** `customer.created` */
  readonly type: string;
  /** The body, as JSON. */
  readonly body: unknown;
  /** The operation that changed the object. */
  readonly operation: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The status of the endpoint; undefined where there was no response. */
  readonly status: number | undefined;
  /** Why there was none. */
  readonly error: string | undefined;
  readonly durationMs: number;
}
