import type { WebhookRequest, WebhookScheme } from "../../src/webhooks/index.js";

/** A delivery that others have signed and published. */
export interface Vector {
  /** Who published it, and where. */
  readonly source: string;
  readonly scheme: WebhookScheme;
  readonly secret: string;
  /** When it was signed, where the scheme has a timestamp. */
  readonly nowMs?: number;
  readonly request: WebhookRequest;
}
