// The response goes at once; `after` of Next.js keeps the work that follows.
import { webhooks } from "@connectry/stripe/webhooks";
import { after } from "next/server";
import { stripe } from "../../stripe";

export const POST = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  waitUntil: after,
  on: {
    "customer.deleted": async ({ payload }) => {
      const { email } = payload.data.object;
      await stripe.POST("/v1/customers", { body: { email: email ?? "", description: "restored" } });
    },
  },
});
