import { signWebhook } from "@connectry/core/webhooks";
import type { FakeDelivery } from "./fake-delivery.js";

/** Delivers an event as often as it says, each time signed anew, and resolves to the last answer. */
export async function deliverWebhook({
  scheme,
  secret,
  body,
  to,
  times = 1,
  ...options
}: FakeDelivery): Promise<Response> {
  const url = options.url ?? (typeof to === "string" ? to : undefined);
  let answer: Response | undefined;
  for (let count = 0; count < Math.max(1, times); count += 1) {
    const signed = await signWebhook(scheme, secret, body, { ...options, ...(url === undefined ? {} : { url }) });
    if (typeof to === "string") {
      // To the endpoint itself, whatever address was signed; what the scheme adds to the query goes along.
      const target = new URL(to);
      const added = new URL(signed.url).search;
      if (added !== "") target.search = added;
      answer = await fetch(target, {
        method: signed.method,
        headers: signed.headers,
        body: await signed.arrayBuffer(),
      });
    } else answer = await to(signed);
  }
  return answer as Response;
}
