// Koa: the webhook comes before `bodyParser()`, which would consume the bytes that are signed.

import { toKoaMiddleware, webhooks } from "@connectry/stripe/webhooks";
import { bodyParser } from "@koa/bodyparser";
import Koa from "koa";

const onStripe = toKoaMiddleware(
  webhooks.handler({
    secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
    on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
  }),
);

export const app = new Koa();
app.use((context, next) => (context.path === "/webhooks/stripe" ? onStripe(context) : next()));
app.use(bodyParser());
app.use((context) => {
  context.body = { received: context.request.body };
});
