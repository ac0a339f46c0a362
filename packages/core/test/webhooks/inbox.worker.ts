import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { nodeRedis, redisInbox } from "../../src/redis/index.js";
import { createWebhookHandler, signWebhook, stripe } from "../../src/webhooks/index.js";

/** What a process did with its deliveries. */
export interface InboxRun {
  /** The events whose handler ran to its end, once for each run. */
  readonly processed: readonly string[];
  /** How many responses had each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How many errors of the inbox were reported. */
  readonly inboxErrors: number;
}

/** Delivers events to a handler with an inbox in Redis, `lanes` at a time, each again until it is accepted. */
export async function deliverAll(url: string, ids: readonly string[], lanes: number): Promise<InboxRun> {
  const client = createClient({ url, socket: { reconnectStrategy: 100 } });
  client.on("error", () => {});
  await client.connect();
  const processed: string[] = [];
  const statuses: Record<string, number> = {};
  let inboxErrors = 0;
  const handler = createWebhookHandler(stripe, {
    secrets: "whsec_test",
    inbox: redisInbox(nodeRedis(client, { timeoutMs: 1_000 })),
    // Longer than any outage of the test: a claim outlives it, and one in a hundred handlers renews its claim.
    leaseMs: 10_000,
    otherwise: async ({ id }) => {
      await sleep(Math.random() < 0.01 ? 2_500 : 30 * Math.random());
      processed.push(id);
    },
    onError: () => {
      inboxErrors += 1;
    },
  });
  const waiting = [...ids];
  const lane = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      let status = 0;
      while (status !== 204) {
        if (status !== 0) await sleep(200);
        const request = await signWebhook(stripe, { id, type: "invoice.paid" }, { secret: "whsec_test" });
        status = (await handler(request)).status;
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  client.destroy();
  return { processed, statuses, inboxErrors };
}
