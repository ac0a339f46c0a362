// Express: the webhook stands before `express.json()`, which would leave nothing of the bytes that were signed.
import { toNodeHandler, webhooks } from "@connectry/stripe/webhooks";
import express, { type Express } from "express";

const onStripe = webhooks.handler({
  // Both, while one replaces the other.
  secrets: () => [process.env.STRIPE_WEBHOOK_SECRET, process.env.STRIPE_WEBHOOK_SECRET_OLD],
  on: {
    "payment_intent.succeeded": async ({ payload }) => {
      const { id, amount, currency } = payload.data.object;
      console.log(`${id}: ${amount} ${currency}`);
    },
  },
  otherwise: (event) => console.log(`not for us: ${event.type}`),
});

export const app: Express = express();
app.post("/webhooks/stripe", toNodeHandler(onStripe));
app.use(express.json());
app.get("/health", (_, response) => void response.json({ ok: true }));
