// One of several processes that deliver, or are delivered, the same event: claims it, has its effect once, completes it.
// It is told what to do by its arguments, and prints one line of JSON.
import { createClient } from "redis";
import { nodeRedis, redisInbox } from "../../src/redis/index.js";
import { createWebhookHandler, signWebhook, stripe } from "../../src/webhooks/index.js";

const [url = "", mode = "", count = "1"] = process.argv.slice(2);
const client = createClient({ url });
client.on("error", () => {});
await client.connect();
// Many at once wait for each other's turn: an answer may take longer than a limiter's would.
const link = nodeRedis(client, { timeoutMs: 5_000 });

const handler = createWebhookHandler(stripe, {
  secrets: "whsec_test",
  inbox: redisInbox(link),
  leaseMs: 1_500,
  otherwise: async () => {
    await client.incr("started");
    // Killed here, with the claim in its hands.
    if (mode === "crash") process.kill(process.pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.incr("effects");
  },
});

const statuses: Record<number, number> = {};
const deliver = async () => {
  const body = { id: "evt_1", type: "invoice.paid" };
  const { status } = await handler(await signWebhook(stripe, "whsec_test", body));
  statuses[status] = (statuses[status] ?? 0) + 1;
};
await Promise.all(Array.from({ length: Number(count) }, deliver));
console.log(JSON.stringify(statuses));
client.destroy();
