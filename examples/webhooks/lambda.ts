// AWS Lambda: the same function behind API Gateway, a function URL or a load balancer. The inbox is in Redis, since each execution
// environment has a memory of its own.
import { nodeRedis, redisInbox } from "@connectry/core/redis";
import { toLambdaHandler, webhooks } from "@connectry/stripe/webhooks";
import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" });
client.on("error", (error) => console.error(error));
await client.connect();

const onStripe = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  inbox: redisInbox(nodeRedis(client, { timeoutMs: 1_000 })),
  on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
});

export const handler = toLambdaHandler(onStripe);

/** Not part of a function: the test of this example closes the connection. */
export const close = () => client.destroy();
