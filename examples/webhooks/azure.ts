// Azure Functions, programming model 4. The signature authenticates a delivery, so the function needs no key of its own.
import { app } from "@azure/functions";
import { toAzureHandler, webhooks } from "@connectry/stripe/webhooks";

const onStripe = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
});

export const handler = toAzureHandler(onStripe);
app.http("stripe", { methods: ["POST"], authLevel: "anonymous", route: "webhooks/stripe", handler });
