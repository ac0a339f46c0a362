// One of several processes that receive the same event. Its arguments are the URL of Redis, a mode and the number of
// deliveries. It prints the statuses of its responses as one line of JSON.
import { createClient } from "redis";
import { nodeRedis, redisInbox } from "../../src/redis/index.js";
import { createWebhookHandler, signWebhook, stripe } from "../../src/webhooks/index.js";

const [url = "", mode = "", count = "1"] = process.argv.slice(2);
const client = createClient({ url });
client.on("error", () => {});
await client.connect();
// Many deliveries share one connection, so a reply may take longer than one for a rate limit.
const connection = nodeRedis(client, { timeoutMs: 5_000 });

const handler = createWebhookHandler(stripe, {
  secrets: "whsec_test",
  inbox: redisInbox(connection),
  leaseMs: 1_500,
  otherwise: async () => {
    await client.incr("started");
    // The process dies while it holds the claim.
    if (mode === "crash") process.kill(process.pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.incr("effects");
  },
});

const statuses: Record<number, number> = {};
const deliver = async () => {
  const body = { id: "evt_1", type: "invoice.paid" };
  const { status } = await handler(await signWebhook(stripe, body, { secret: "whsec_test" }));
  statuses[status] = (statuses[status] ?? 0) + 1;
};
await Promise.all(Array.from({ length: Number(count) }, deliver));
console.log(JSON.stringify(statuses));
client.destroy();
