import { signWebhook, stripe } from "@connectry/core/webhooks";

/** The secret of the webhooks of examples. */
export const webhookSecret = "whsec_runtime";

/** An event of Stripe's about an object. */
export const eventOf = (id: string, type: string, object: object) => ({ id, type, data: { object } });

/** Signs an event as Stripe does, sends it, and returns the status of the response. */
export async function deliver(
  event: unknown,
  send: (headers: Headers, body: ArrayBuffer) => Promise<{ readonly status: number }>,
  secret = webhookSecret,
): Promise<number> {
  const delivery = await signWebhook(stripe, event, { secret });
  return (await send(delivery.headers, await delivery.arrayBuffer())).status;
}

/** Sends a delivery to the URL of a server. */
export const to = (url: string) => (headers: Headers, body: ArrayBuffer) =>
  fetch(url, { method: "POST", headers, body });
