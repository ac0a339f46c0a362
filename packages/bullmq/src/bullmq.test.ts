import { createWebhookHandler, createWebhooks, signWebhook, stripe } from "@connectry/core/webhooks";
import { redisServer } from "@connectry/testing";
import { type Job, Queue, Worker } from "bullmq";
import { expect, onTestFinished, test } from "vitest";
import { bullmqQueue, deadLetters, openQueue, replayCommand, webhookProcessor } from "./index.js";

const webhooks = createWebhooks<{ "invoice.paid": { readonly id: string } }>(stripe);
const paid = (id: string) => ({ id, type: "invoice.paid" });

/** A queue on a private Redis, and the handler that fills it. */
async function setUp(options: Parameters<typeof bullmqQueue>[1] = {}) {
  const redis = await redisServer();
  onTestFinished(() => redis.close());
  const connection = { host: "127.0.0.1", port: redis.port };
  const queue = new Queue("webhooks", { connection });
  queue.on("error", () => {});
  onTestFinished(async () => {
    await queue.disconnect();
  });
  // Without an inbox, so that what comes twice is the queue's own to notice.
  const handler = createWebhookHandler(stripe, {
    secrets: "whsec_test",
    inbox: false,
    queue: bullmqQueue(queue, options),
    onError: () => {},
  });
  const send = async (id: string) => (await handler(await signWebhook(stripe, "whsec_test", paid(id)))).status;
  return { redis, connection, queue, send };
}

/** A worker of one test; resolves when it has done, or given up on, so many jobs. */
function work(connection: { host: string; port: number }, process: (job: Job) => Promise<void>) {
  const worker = new Worker("webhooks", process, { connection });
  worker.on("error", () => {});
  onTestFinished(() => worker.close(true));
  const ended: string[] = [];
  const note = (job: Job | undefined, word: string) => {
    if (job && (word === "completed" || job.attemptsMade >= (job.opts.attempts ?? 1)))
      ended.push(`${job.data.id} ${word}`);
  };
  worker.on("completed", (job) => note(job, "completed"));
  worker.on("failed", (job) => note(job, "failed"));
  const until = async (count: number) => {
    while (ended.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    return ended;
  };
  return { until };
}

test("the provider is answered at once, and each event is worked on once, with its type", {
  timeout: 20_000,
}, async () => {
  const { connection, queue, send } = await setUp();
  expect(await Promise.all(["evt_1", "evt_1", "evt:2"].map(send))).toEqual([204, 204, 204]);
  expect(await queue.getWaitingCount()).toBe(2);
  const seen: unknown[] = [];
  const { until } = work(
    connection,
    webhookProcessor(webhooks, {
      on: { "invoice.paid": ({ id, type, payload }, { delivery }) => void seen.push([id, type, payload.id, delivery]) },
    }),
  );
  await until(2);
  expect(seen).toEqual([
    ["evt_1", "invoice.paid", "evt_1", undefined],
    ["evt:2", "invoice.paid", "evt:2", undefined],
  ]);
  // What is done is known for as long as ids are kept.
  expect(await send("evt_1")).toBe(204);
  expect(await queue.getWaitingCount()).toBe(0);
});

test("what fails is tried again, then is a dead letter, and is worked on when it is replayed", {
  timeout: 20_000,
}, async () => {
  const { redis, connection, queue, send } = await setUp({ attempts: 3, backoffMs: 10 });
  await send("evt_1");
  await send("evt_2");
  let isBroken = true;
  const tries: string[] = [];
  const { until } = work(
    connection,
    webhookProcessor(webhooks, {
      on: {
        "invoice.paid": ({ id }) => {
          tries.push(id);
          if (isBroken && id === "evt_1") throw new Error("the ledger is closed\nfor today");
        },
      },
    }),
  );
  expect([...(await until(2))].sort()).toEqual(["evt_1 failed", "evt_2 completed"]);
  expect(tries.filter((id) => id === "evt_1")).toHaveLength(3);
  const letters = await deadLetters(queue);
  expect(letters).toMatchObject([{ event: { id: "evt_1" }, attempts: 3, reason: "the ledger is closed\nfor today" }]);

  const lines: string[] = [];
  const context = {
    print: (line: string) => void lines.push(line),
    printError: (line: string) => void lines.push(line),
    openQueue,
  };
  const common = ["--queue", "webhooks", "--redis", redis.url];
  expect(await replayCommand(["list", ...common], context)).toBe(0);
  expect(lines).toEqual([
    expect.stringMatching(/Z {2}stripe {2}invoice\.paid {2}evt_1 {2}3 attempts {2}the ledger is closed$/),
    "1 dead letters",
  ]);
  expect(await replayCommand(["replay", ...common, "--id", "evt_9"], context)).toBe(1);

  isBroken = false;
  expect(await replayCommand(["replay", ...common, "--type", "invoice.paid"], context)).toBe(0);
  expect(await until(3)).toContain("evt_1 completed");
  expect(await deadLetters(queue)).toEqual([]);
});

test("with Redis gone the provider is told to deliver again", { timeout: 20_000 }, async () => {
  const { redis, send } = await setUp({ timeoutMs: 200 });
  expect(await send("evt_1")).toBe(204);
  await redis.kill();
  expect(await send("evt_2")).toBe(500);
  await redis.restart();
  while ((await send("evt_2")) !== 204) await new Promise((resolve) => setTimeout(resolve, 50));
});

test.each([
  [[], /no command/],
  [["drop", "--queue", "webhooks"], /no command `drop`/],
  [["list"], /--queue is missing/],
  [["replay", "--queue", "webhooks"], /--id, --type or --all/],
  [["replay", "--queue", "webhooks", "--all", "--id", "1"], /--id, --type or --all/],
  [["list", "--qeue", "webhooks"], /qeue/],
])("%j is refused with what to say", async (args, message) => {
  const errors: string[] = [];
  const never = () => Promise.reject(new Error("opened"));
  const code = await replayCommand(args, {
    print: () => {},
    printError: (line) => void errors.push(line),
    openQueue: never,
  });
  expect([code, errors.length]).toEqual([2, 1]);
  expect(errors[0]).toMatch(message);
});

test("a Redis that is not there is said, and soon", { timeout: 20_000 }, async () => {
  const errors: string[] = [];
  const context = { print: () => {}, printError: (line: string) => void errors.push(line), openQueue };
  expect(await replayCommand(["list", "--queue", "webhooks", "--redis", "redis://127.0.0.1:1"], context)).toBe(1);
  expect(errors[0]).toMatch(/Redis at 127\.0\.0\.1:1 cannot be reached/);
});
