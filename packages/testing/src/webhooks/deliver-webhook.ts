import { type SignWebhookOptions, signWebhook, type WebhookScheme } from "@connectry/core/webhooks";

/** A webhook event, and where and how it is delivered. */
export interface DeliverWebhookOptions extends SignWebhookOptions {
  /** How the provider signs: `webhooks.scheme` of its connector. */
  readonly scheme: WebhookScheme;
  /** The event, sent as JSON; strings and bytes are sent as they are. */
  readonly body: unknown;
  /** The URL of the endpoint, or its handler. */
  readonly to: string | ((request: Request) => Promise<Response>);
  /** How often it is delivered, since providers deliver some events twice. @default 1 */
  readonly times?: number;
  /** Ends the delivery to a URL. */
  readonly signal?: AbortSignal;
}

/** Delivers an event `times` times, signed anew each time, and resolves to the last response. */
export async function deliverWebhook({
  scheme,
  body,
  to,
  times = 1,
  signal,
  ...options
}: DeliverWebhookOptions): Promise<Response> {
  const url = options.url ?? (typeof to === "string" ? to : undefined);
  let response: Response | undefined;
  for (let count = 0; count < Math.max(1, times); count += 1) {
    const signed = await signWebhook(scheme, body, { ...options, ...(url === undefined ? {} : { url }) });
    if (typeof to === "string") {
      // Sent to the endpoint, whichever URL was signed, with the query that the scheme may have added.
      const target = new URL(to);
      const query = new URL(signed.url).search;
      if (query !== "") target.search = query;
      response = await fetch(target, {
        method: signed.method,
        headers: signed.headers,
        body: await signed.arrayBuffer(),
        ...(signal === undefined ? {} : { signal }),
      });
    } else response = await to(signed);
  }
  return response as Response;
}
