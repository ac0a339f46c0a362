import type { ThinWebhookScheme } from "../scheme/thin-webhook-scheme.js";

/**
 * Mollie's classic webhooks (`webhookUrl` of a payment): a form with the id of a payment, without a signature. A payment is notified of
 * again when its status changes, and when it is refunded or charged back. https://docs.mollie.com/reference/webhooks. Unconfirmed: the
 * characters and the length of ids; Mollie's examples have 10 to 22 letters and digits.
 */
export const mollieClassic: ThinWebhookScheme<"payment"> = {
  id: "mollie-classic",
  name: "Mollie",
  idPath: ["id"],
  objects: { payment: /^tr_[A-Za-z0-9]{4,64}$/ },
  successStatus: 200,
};
