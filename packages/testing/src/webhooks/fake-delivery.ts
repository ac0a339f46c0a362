import type { SignWebhookOptions, WebhookScheme } from "@connectry/core/webhooks";

/** A delivery that a fake provider makes. */
export interface FakeDelivery extends SignWebhookOptions {
  /** How the provider signs: `webhooks.scheme` of its connector. */
  readonly scheme: WebhookScheme;
  /** What the receiver has; for schemes with a public key the private one. */
  readonly secret: string;
  /** The event, as the provider's JSON; text and bytes go out as they are. */
  readonly body: unknown;
  /** The endpoint: its address, or its handler. */
  readonly to: string | ((request: Request) => Promise<Response>);
  /** How often it is delivered, as providers do now and then. @default 1 */
  readonly times?: number;
}
