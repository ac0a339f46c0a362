import { createWebhookHandler, createWebhooks, signWebhook, stripe } from "@connectry/core/webhooks";
import { redisServer } from "@connectry/testing";
import { type Job, Queue, Worker } from "bullmq";
import { expect, onTestFinished, test } from "vitest";
import { bullmqQueue, deadLetters, replayCommand, webhookProcessor } from "./index.js";

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
  // Without an inbox, so that only the queue can detect a repeated delivery.
  const handler = createWebhookHandler(stripe, {
    secrets: "whsec_test",
    inbox: false,
    queue: bullmqQueue(queue, options),
    onError: () => {},
  });
  const send = async (id: string) =>
    (await handler(await signWebhook(stripe, paid(id), { secret: "whsec_test" }))).status;
  return { redis, connection, queue, send };
}

/** Starts a worker for one test; `until` resolves when `count` jobs are completed or have failed for the last time. */
function work(connection: { host: string; port: number }, process: (job: Job) => Promise<void>) {
  const worker = new Worker("webhooks", process, { connection });
  worker.on("error", () => {});
  onTestFinished(() => worker.close(true));
  const ended: string[] = [];
  const record = (job: Job | undefined, result: string) => {
    if (job && (result === "completed" || job.attemptsMade >= (job.opts.attempts ?? 1)))
      ended.push(`${job.data.id} ${result}`);
  };
  worker.on("completed", (job) => record(job, "completed"));
  worker.on("failed", (job) => record(job, "failed"));
  const until = async (count: number) => {
    while (ended.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    return ended;
  };
  return { until };
}

test("the endpoint responds at once, and a worker processes each event once, with its type", async () => {
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
  // A processed event is known as long as its id is kept.
  expect(await send("evt_1")).toBe(204);
  expect(await queue.getWaitingCount()).toBe(0);
});

test("a handler gets the signal of BullMQ, and no claim", async () => {
  const contexts: unknown[] = [];
  const process = webhookProcessor(webhooks, {
    otherwise: (_, { claim, signal }) => void contexts.push([claim, signal]),
  });
  const { signal } = new AbortController();
  const data = { type: "a", names: ["a"], id: "evt_1", isIdentified: true, payload: {}, provider: "stripe" };
  await process({ data }, "token", signal);
  await process({ data });
  expect(contexts).toEqual([
    [undefined, signal],
    [undefined, expect.objectContaining({ aborted: false })],
  ]);
});

test("an event that fails is retried, then is a dead letter, and is processed when it is replayed", async () => {
  const { redis, connection, queue, send } = await setUp({ attempts: 3, backoffMs: 10 });
  await send("evt_1");
  await send("evt_2");
  let isBroken = true;
  const attempted: string[] = [];
  const { until } = work(
    connection,
    webhookProcessor(webhooks, {
      on: {
        "invoice.paid": ({ id }) => {
          attempted.push(id);
          if (isBroken && id === "evt_1") throw new Error("the ledger is closed\nfor today");
        },
      },
    }),
  );
  expect([...(await until(2))].sort()).toEqual(["evt_1 failed", "evt_2 completed"]);
  expect(attempted.filter((id) => id === "evt_1")).toHaveLength(3);
  const letters = await deadLetters(queue);
  expect(letters).toMatchObject([{ event: { id: "evt_1" }, attempts: 3, reason: "the ledger is closed\nfor today" }]);

  const lines: string[] = [];
  const context = {
    print: (line: string) => void lines.push(line),
    printError: (line: string) => void lines.push(line),
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

test("the endpoint asks for another delivery while Redis is unavailable", async () => {
  const { redis, send } = await setUp({ timeoutMs: 200 });
  expect(await send("evt_1")).toBe(204);
  await redis.kill();
  expect(await send("evt_2")).toBe(500);
  await redis.restart();
  while ((await send("evt_2")) !== 204) await new Promise((resolve) => setTimeout(resolve, 50));
});

test("the command reports soon that Redis cannot be reached", async () => {
  const errors: string[] = [];
  const context = { print: () => {}, printError: (line: string) => void errors.push(line) };
  expect(await replayCommand(["list", "--queue", "webhooks", "--redis", "redis://127.0.0.1:1"], context)).toBe(1);
  expect(errors[0]).toMatch(/Redis at 127\.0\.0\.1:1 cannot be reached/);
});

test.each(["list", "replay"])("`%s` of a queue that does not exist says so, and creates none", async (command) => {
  const { redis, send } = await setUp();
  await send("evt_1");
  const errors: string[] = [];
  const lines: string[] = [];
  const context = {
    print: (line: string) => void lines.push(line),
    printError: (line: string) => void errors.push(line),
  };
  const run = (name: string, ...others: string[]) => {
    const all = command === "replay" ? ["--all"] : [];
    return replayCommand([command, "--queue", name, "--redis", redis.url, ...all, ...others], context);
  };
  expect([await run("webhoks"), await run("webhooks", "--prefix", "other")]).toEqual([1, 1]);
  expect(errors).toEqual([
    expect.stringMatching(
      /^there is no queue "webhoks" with the prefix "bull" in Redis at .*: check --queue, --prefix/,
    ),
    expect.stringMatching(/^there is no queue "webhooks" with the prefix "other" /),
  ]);
  expect(lines).toEqual([]);
  // The command has not created it either.
  expect([await run("webhoks"), await run("webhooks")]).toEqual([1, 0]);
});

test("`list` of a queue whose program does not store its version finds its jobs", async () => {
  const redis = await redisServer();
  onTestFinished(() => redis.close());
  const queue = new Queue("bare", { connection: { host: "127.0.0.1", port: redis.port }, skipMetasUpdate: true });
  await queue.add("a", {}, { delay: 60_000 });
  await queue.close();
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const context = { print, printError: print };
  expect(await replayCommand(["list", "--queue", "bare", "--redis", redis.url], context)).toBe(0);
  expect(lines).toEqual(["0 dead letters"]);
});

test("missing arguments are a ConfigurationError", async () => {
  const missing = undefined as never;
  expect(() => bullmqQueue(missing)).toThrow(/pass the `Queue` of BullMQ/);
  expect(() => webhookProcessor(webhooks, missing)).toThrow(/pass `on` or `otherwise`/);
  await expect(deadLetters(missing)).rejects.toMatchObject({ name: "ConfigurationError" });
});
