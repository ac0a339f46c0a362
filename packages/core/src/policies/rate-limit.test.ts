import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall, createReply, createTenant, rejection } from "../../test/call.js";
import { classified } from "../../test/classify.js";
import { QuotaExceededError } from "../errors/call-errors.js";
import type { Reply } from "../pipeline/reply.js";
import type { ProviderProfile } from "../provider/profile.js";
import { localRateLimits } from "../rate-limit/local-rate-limits.js";
import { namedQuota, standardQuota } from "../rate-limit/quota-headers.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import { rateLimit } from "./rate-limit.js";

const tenPerSecond = { bucket: "default", limit: 10, perMs: 1_000 };

/** The policy on a still clock, over a provider that gives these responses in turn, and then 200. */
function policyOf(responses: Reply[] = [], profile: Partial<ProviderProfile> = {}, ignoreRateLimitHeaders = false) {
  const clock = fakeClock();
  const limiter = createRateLimiter({
    limits: [tenPerSecond],
    store: localRateLimits(clock),
    slots: { concurrency: 50, maxQueued: 10_000 },
    clock,
  });
  const { retry, rateLimitHeaders: names } = profile;
  const readQuota = names === "none" ? undefined : names ? namedQuota : standardQuota;
  const policy = rateLimit({ limiter, headers: names, readQuota, ignoreRateLimitHeaders, clock });
  const sentAtMs: number[] = [];
  const next = classified(
    async () => {
      sentAtMs.push(Math.round(clock.monotonic()));
      return responses.shift() ?? createReply();
    },
    retry,
    clock,
  );
  const send = (parts: Parameters<typeof createCall>[0] = {}) => policy.send(createCall(parts), next);
  const sendAll = async (count: number, forMs: number, parts?: Parameters<typeof createCall>[0]) => {
    const all = Array.from({ length: count }, () => send(parts));
    await clock.advance(forMs);
    return Promise.all(all);
  };
  return { clock, send, sendAll, sentAtMs };
}

test("calls are sent as the limit allows, and return the responses of the provider", async () => {
  const { sendAll, sentAtMs } = policyOf([createReply(418)]);
  const replies = await sendAll(3, 1_000);
  expect(sentAtMs).toEqual([0, 100, 200]);
  expect(replies.map(({ status }) => status)).toEqual([418, 200, 200]);
});

test("a call within the limit is sent synchronously", async () => {
  const { send, sentAtMs } = policyOf();
  const reply = send();
  expect(sentAtMs).toEqual([0]);
  expect((await reply).status).toBe(200);
});

test("R23: after a 429, no call of that tenant goes out before Retry-After is over", async () => {
  const { clock, send, sendAll, sentAtMs } = policyOf([createReply(429, { "retry-after": "7" })]);
  expect((await send()).status).toBe(429);
  await sendAll(2, 8_000);
  expect(sentAtMs).toEqual([0, 7_000, 7_100]);
  expect(clock.pendingTimers).toBe(0);
});

test.each([
  ["60 s", 1_000, 60_000],
  ["maxRetryAfterMs", 90_000, 90_000],
])(
  "R51: after a 429 with an absurd Retry-After, all calls of the bucket pause for %s at most",
  async (_, maxRetryAfterMs, pauseMs) => {
    const { send, sendAll, sentAtMs } = policyOf([createReply(429, { "retry-after": "1735689600" })]);
    const parts = { settings: { maxRetryAfterMs } };
    await send(parts);
    await sendAll(2, 100_000, parts);
    expect(sentAtMs).toEqual([0, pauseMs, pauseMs + 100]);
  },
);

test("R23: Retry-After takes precedence over a quota that is fresh earlier", async () => {
  const headers = { "retry-after": "7", ratelimit: '"default";r=0;t=2' };
  const { send, sendAll, sentAtMs } = policyOf([createReply(429, headers)]);
  await send();
  await sendAll(1, 8_000);
  expect(sentAtMs).toEqual([0, 7_000]);
});

test("R23: calls wait for the reset of a used-up quota, also where the provider has its own header names", async () => {
  const names = { limit: "x-limit", remaining: "x-left", reset: { name: "x-reset", unit: "seconds" as const } };
  const { send, sendAll, sentAtMs } = policyOf([createReply(200, { "x-left": "1", "x-reset": "30" })], {
    rateLimitHeaders: names,
  });
  await send();
  await sendAll(2, 40_000);
  expect(sentAtMs).toEqual([0, 100, 30_000]);
});

test("R23: a quota with many requests left does not raise the configured limit, and a malformed one is ignored", async () => {
  const much = createReply(200, { ratelimit: '"default";r=100000;t=60' });
  const broken = createReply(200, { ratelimit: '"default";r=-0;t=soon', "retry-after": "soon" });
  const { sendAll, sentAtMs } = policyOf([much, broken]);
  await sendAll(5, 1_000);
  expect(sentAtMs).toEqual([0, 100, 200, 300, 400]);
});

test("with ignoreRateLimitHeaders, neither a 429 with Retry-After nor a used-up quota delays another call", async () => {
  const replies = [createReply(429, { "retry-after": "7" }), createReply(200, { ratelimit: '"default";r=0;t=30' })];
  const { sendAll, sentAtMs } = policyOf(replies, {}, true);
  const received = await sendAll(3, 1_000);
  expect(sentAtMs).toEqual([0, 100, 200]);
  expect(received.map(({ status }) => status)).toEqual([429, 200, 200]);
});

test("where a provider documents no quota headers, they are not read, and a 429 still pauses all", async () => {
  const replies = [createReply(200, { ratelimit: '"default";r=0;t=30' }), createReply(429, { "retry-after": "7" })];
  const { sendAll, sentAtMs } = policyOf(replies, { rateLimitHeaders: "none" });
  await sendAll(3, 8_000);
  expect(sentAtMs).toEqual([0, 100, 7_100]);
});

test("a 503 with Retry-After does not delay other calls", async () => {
  const { send, sendAll, sentAtMs } = policyOf([createReply(503, { "retry-after": "7" })]);
  await send();
  await sendAll(1, 1_000);
  expect(sentAtMs).toEqual([0, 100]);
});

test("a call whose turn comes after its deadline is rejected without being sent, with the wait as retryAfterMs", async () => {
  const { clock, send, sentAtMs } = policyOf([createReply(429, { "retry-after": "30" })]);
  await send();
  const error = await rejection<QuotaExceededError>(
    send({ deadline: { atMs: clock.monotonic() + 5_000, allowedMs: 5_000 } }),
  );
  expect(error).toBeInstanceOf(QuotaExceededError);
  expect(error.retryAfterMs).toBe(30_000);
  expect(sentAtMs).toEqual([0]);
});

test("a 429 of one tenant does not hold back another", async () => {
  const { send, sendAll, sentAtMs } = policyOf([createReply(429, { "retry-after": "30" })]);
  await send();
  await sendAll(1, 100, { tenant: createTenant("tenant-2") });
  expect(sentAtMs).toEqual([0, 0]);
});

test("a call that is aborted while it waits for its turn is not sent", async () => {
  const { clock, send, sentAtMs } = policyOf();
  await send();
  const controller = new AbortController();
  const waiting = rejection(send({ signal: controller.signal }));
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await waiting).toBe(reason);
  await clock.advance(1_000);
  expect([sentAtMs, clock.pendingTimers]).toEqual([[0], 0]);
});
