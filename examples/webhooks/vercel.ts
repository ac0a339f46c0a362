// Vercel: api/stripe.ts. The response goes at once, and `waitUntil` keeps the function running until the event is processed.
import { webhooks } from "@connectry/stripe/webhooks";
import { waitUntil } from "@vercel/functions";

export const POST = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  waitUntil,
  on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
});
