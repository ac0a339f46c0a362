// Next.js: app/webhooks/stripe/route.ts. Several processes share one inbox in Redis, so that each event is processed once.
import { nodeRedis, redisInbox } from "@connectry/core/redis";
import { webhooks } from "@connectry/stripe/webhooks";
import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" });
client.on("error", (error) => console.error(error));
const connected = client.connect();

const handler = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  inbox: redisInbox(nodeRedis(client, { timeoutMs: 1_000 })),
  on: {
    "invoice.paid": async ({ payload }) => console.log(`${payload.data.object.id} is paid`),
    "customer.subscription.deleted": async ({ payload }) => console.log(`${payload.data.object.id} has ended`),
  },
});

export async function POST(request: Request): Promise<Response> {
  await connected;
  return handler(request);
}

/** Not part of a route: the test of this example closes the connection. */
export const close = () => client.destroy();
