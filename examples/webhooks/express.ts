// Express: the route of the webhook comes before `express.json()`, which would consume the bytes that are signed.
import { toNodeHandler, webhooks } from "@connectry/stripe/webhooks";
import express, { type Express } from "express";

const onStripe = webhooks.handler({
  // Both secrets, while one replaces the other.
  secrets: () => [process.env.STRIPE_WEBHOOK_SECRET, process.env.STRIPE_WEBHOOK_SECRET_OLD],
  on: {
    "payment_intent.succeeded": async ({ payload }) => {
      const { id, amount, currency } = payload.data.object;
      console.log(`${id}: ${amount} ${currency}`);
    },
  },
  otherwise: (event) => console.log(`no handler for ${event.type}`),
});

export const app: Express = express();
app.post("/webhooks/stripe", toNodeHandler(onStripe));
app.use(express.json());
app.get("/health", (_, response) => void response.json({ ok: true }));
