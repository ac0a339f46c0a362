// Two webhook handlers, for which scripts/checks/instantiations.test.ts measures the cost of types.
import { webhooks as github } from "@connectry/github/webhooks";
import { webhooks as stripe } from "@connectry/stripe/webhooks";

export const POST = stripe.handler({
  secrets: [process.env.STRIPE_WEBHOOK_SECRET],
  on: {
    "payment_intent.succeeded": async ({ payload }) => {
      console.log(payload.data.object.amount, payload.livemode);
    },
    "customer.subscription.deleted": ({ id, payload }) => console.log(id, payload.data.object.status),
  },
  otherwise: (event) => console.log(event.type),
});

export const onGithub = github.handler({
  secrets: process.env.GITHUB_WEBHOOK_SECRET,
  on: {
    "pull_request.opened": ({ payload }) => console.log(payload.pull_request.title, payload.number),
    push: ({ payload }) => console.log(payload.ref),
  },
});
