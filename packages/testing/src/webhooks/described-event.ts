import type { ObjectChange } from "./object-change.js";

/** An event as a provider delivers it. */
export interface WebhookEventBody {
  /** `customer.created` */
  readonly type: string;
  /** The event without its action, where a header names it: `pull_request`. */
  readonly group?: string | undefined;
  /** Sent as JSON. */
  readonly body: unknown;
  /** Headers beside those of the signature. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The event of a change; undefined where the provider has none for it. `number` counts the events. */
export type DescribeEvent = (change: ObjectChange, number: number) => WebhookEventBody | undefined;
