import type { Delivery } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

/** `compute` of schemes that sign the path and the query of the URL, as they were called: `/hook?a=1`. */
export function requestTarget(_: WebhookScheme, { url }: Delivery): string {
  // `URL` would encode some characters in another way.
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? "";
}
