// Elysia: `parse: "none"` keeps it from reading the bytes that are signed.
import { webhooks } from "@connectry/stripe/webhooks";
import { Elysia } from "elysia";

const onStripe = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
});

export const app = new Elysia().post("/webhooks/stripe", ({ request }) => onStripe(request), { parse: "none" });
