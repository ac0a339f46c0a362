import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { ioredisConnection, nodeRedisConnection, startRedis, upstashConnection } from "../../test/redis.js";
import { runInboxWorker } from "../../test/webhooks/run-inbox-worker.js";
import { createWebhookHandler, signWebhook, stripe } from "../webhooks/index.js";
import { redisInbox } from "./redis-inbox.js";

const links = { "node-redis": nodeRedisConnection, ioredis: ioredisConnection, Upstash: upstashConnection };

test.each(Object.entries(links))(
  "by %s a claim of an event is won, renewed, released and completed",
  async (_, connection) => {
    const redis = await startRedis();
    const inbox = redisInbox(await connection(redis, { timeoutMs: 2_000 }));
    const claim = await inbox.claim("stripe:evt_1", 60_000);
    if (claim.kind !== "claimed") throw new Error("not claimed");
    const busy = await inbox.claim("stripe:evt_1", 60_000);
    expect(busy).toMatchObject({ kind: "busy" });
    expect(busy.kind === "busy" && busy.retryAfterMs).toBeGreaterThan(55_000);
    expect(await inbox.renew("stripe:evt_1", "another's token", 1)).toBe(false);
    expect(await inbox.renew("stripe:evt_1", claim.token, 90_000)).toBe(true);
    await inbox.release("stripe:evt_1", "another's token");
    expect(await inbox.claim("stripe:evt_1", 1)).toMatchObject({ kind: "busy" });
    await inbox.release("stripe:evt_1", claim.token);
    const again = await inbox.claim("stripe:evt_1", 60_000);
    if (again.kind !== "claimed") throw new Error("not claimed");
    await inbox.complete("stripe:evt_1", again.token);
    expect(await inbox.claim("stripe:evt_1", 60_000)).toEqual({ kind: "done" });
    await inbox.complete("stripe:evt_2", "a token", '[200,[],"PFJlc3BvbnNlLz4="]');
    expect(await inbox.claim("stripe:evt_2", 60_000)).toEqual({
      kind: "done",
      response: '[200,[],"PFJlc3BvbnNlLz4="]',
    });
    await inbox.forget("stripe:evt_2");
    expect(await inbox.claim("stripe:evt_2", 60_000)).toMatchObject({ kind: "claimed" });
    // A claim is forgotten, too, and lost by the caller that has it.
    await inbox.forget("stripe:evt_2");
    expect(await inbox.claim("stripe:evt_2", 60_000)).toMatchObject({ kind: "claimed" });
  },
);

test("R39: ids are kept for 76 hours, and every key expires", async () => {
  const redis = await startRedis();
  const inbox = redisInbox(await nodeRedisConnection(redis, { timeoutMs: 2_000 }));
  const claim = await inbox.claim("stripe:evt_1", 60_000);
  await inbox.complete("stripe:evt_1", claim.kind === "claimed" ? claim.token : "");
  await inbox.claim("stripe:evt_2", 60_000);
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  const keys = (await client.keys("*")).sort();
  expect(keys).toEqual(["connectry:inbox:{stripe:evt_1}", "connectry:inbox:{stripe:evt_2}"]);
  const hours = await Promise.all(keys.map(async (key) => (await client.pttl(key)) / 3_600_000));
  expect(hours[0]).toBeGreaterThan(75.99);
  expect(hours[1]).toBeGreaterThan(0);
});

test("R39: one id delivered 60 times to 3 processes has one effect", async () => {
  const redis = await startRedis();
  const runs = await Promise.all(Array.from({ length: 3 }, () => runInboxWorker(redis.url, "work", "20")));
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  expect(await client.mget("started", "effects")).toEqual(["1", "1"]);
  const total: Record<string, number> = {};
  for (const { statuses } of runs) {
    for (const [status, count] of Object.entries(statuses)) total[status] = (total[status] ?? 0) + count;
  }
  // A delivery is accepted, or gets a 409 while another one is being processed; no delivery fails.
  expect(Object.keys(total).filter((status) => status !== "204" && status !== "409")).toEqual([]);
  expect((total["204"] ?? 0) + (total["409"] ?? 0)).toBe(60);
});

test("R39: after a crash in the middle of the work the next delivery is processed", async () => {
  const redis = await startRedis();
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  expect((await runInboxWorker(redis.url, "crash")).signal).toBe("SIGKILL");
  expect(await client.mget("started", "effects")).toEqual(["1", null]);
  // Until the claim of the dead process expires, a delivery gets a 409; then the event is processed.
  let last: Record<string, number> = {};
  for (let delivery = 0; delivery < 20 && last["204"] === undefined; delivery += 1) {
    last = (await runInboxWorker(redis.url, "work")).statuses;
    if (last["204"] === undefined) expect(last).toEqual({ "409": 1 });
  }
  expect(await client.mget("started", "effects")).toEqual(["2", "1"]);
});

test.each([
  ["reject", 503, 0],
  ["process", 204, 1],
] as const)(
  "R39: with Redis killed, then stopped, `%s` returns %i, and no event is lost",
  async (whenInboxFails, status, effects) => {
    const redis = await startRedis();
    const worked: string[] = [];
    const handler = createWebhookHandler(stripe, {
      secrets: "whsec_test",
      inbox: redisInbox(await nodeRedisConnection(redis, { timeoutMs: 100 })),
      whenInboxFails,
      // Redis may execute a claim that got no reply after it resumes: for this time no process has the event.
      leaseMs: 500,
      otherwise: (event) => void worked.push(event.id),
      onError: () => {},
    });
    const send = async (id: string) =>
      (await handler(await signWebhook(stripe, { id, type: "a" }, { secret: "whsec_test" }))).status;
    const untilTaken = async (id: string) => {
      for (let tries = 0; tries < 200 && (await send(id)) !== 204; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    expect(await send("evt_1")).toBe(204);
    await redis.kill();
    expect(await send("evt_2")).toBe(status);
    expect(worked.filter((id) => id === "evt_2")).toHaveLength(effects);
    await redis.restart();
    // A provider delivers again what was not taken.
    if (status === 503) await untilTaken("evt_2");
    expect(worked).toContain("evt_2");

    await untilTaken("evt_3");
    redis.stop();
    expect(await send("evt_4")).toBe(status);
    redis.resume();
    if (status === 503) await untilTaken("evt_4");
    expect(worked).toContain("evt_4");
  },
);
