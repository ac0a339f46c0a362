// Nuxt 4: server/routes/webhooks/stripe.post.ts. Nuxt imports `fromWebHandler` of h3 by itself; here h3 1 has a name of its own.
import { webhooks } from "@connectry/stripe/webhooks";
import { fromWebHandler } from "h3v1";

export default fromWebHandler(
  webhooks.handler({
    secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
    on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
  }),
);
