// h3 2: `event.req` is a web Request. In Nuxt 4, whose h3 is version 1: `export default fromWebHandler(onStripe)`, see nuxt.ts.
import { webhooks } from "@connectry/stripe/webhooks";
import { H3 } from "h3";

const onStripe = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
});

export const app: H3 = new H3();
app.post("/webhooks/stripe", (event) => onStripe(event.req));
