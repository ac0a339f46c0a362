import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { acme } from "../../test/acme.js";
import { createCall, createReply, createTenant, rejection } from "../../test/call.js";
import { classified } from "../../test/classify.js";
import { allStrategies } from "../client/all-strategies.js";
import { QuotaExceededError } from "../errors/call-errors.js";
import type { Reply } from "../pipeline/reply.js";
import type { ProviderProfile } from "../provider/profile.js";
import { localRateLimits } from "../rate-limit/local-rate-limits.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import { rateLimit } from "./rate-limit.js";

const tenPerSecond = { bucket: "default", limit: 10, perMs: 1_000 };

/** The policy on a still clock, over a provider that gives these responses in turn, and then 200. */
function policyOf(
  responses: (Reply | Error)[] = [],
  profile: Partial<ProviderProfile> = {},
  ignoreRateLimitHeaders = false,
) {
  const clock = fakeClock();
  const strategies = allStrategies({ ...acme, ...profile });
  const limiter = createRateLimiter({
    limits: [tenPerSecond],
    store: localRateLimits(clock),
    slots: { concurrency: 50, maxQueued: 10_000 },
    clock,
    profile,
    strategies,
  });
  const { retry } = profile;
  const policy = rateLimit({ limiter, ignoreRateLimitHeaders, clock });
  const sentAtMs: number[] = [];
  const next = classified(
    async () => {
      sentAtMs.push(Math.round(clock.monotonic()));
      const response = responses.shift() ?? createReply();
      if (response instanceof Error) throw response;
      return response;
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

describe.each([
  ["60 s", 1_000, 60_000],
  ["maxRetryAfterMs", 90_000, 90_000],
])(
  "R51: after a 429 with an absurd Retry-After, all calls of the bucket pause for %s at most",
  (_, maxRetryAfterMs, pauseMs) => {
    test.each([
      // The start of 2099, in seconds and in milliseconds, and what can only be a mistake.
      "4070908800",
      "4070908800000",
      "999999999",
      "99999999999999999999",
      "Wed, 21 Oct 2099 07:28:00 GMT",
      "4070908800, 5",
    ])("%s", async (retryAfter) => {
      const { send, sendAll, sentAtMs } = policyOf([createReply(429, { "retry-after": retryAfter })]);
      const parts = { settings: { maxRetryAfterMs } };
      await send(parts);
      await sendAll(2, 100_000, parts);
      expect(sentAtMs).toEqual([0, pauseMs, pauseMs + 100]);
    });
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
  // A pause is counted in whole milliseconds.
  expect(sentAtMs).toEqual([0, 100, 7_101]);
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

test("R51: after a pause one call is sent first, and the others after its response", async () => {
  const { clock, send, sentAtMs } = policyOf([createReply(429, { "retry-after": "7" })]);
  await send();
  const first = Promise.all([send(), send()]);
  await clock.advance(7_000);
  expect(sentAtMs).toEqual([0, 7_000]);
  await clock.advance(200);
  await first;
  expect(sentAtMs).toEqual([0, 7_000, 7_100]);
});

test("R51: where the first call after a pause is told to wait again, the others are not sent", async () => {
  const replies = [createReply(429, { "retry-after": "7" }), createReply(429, { "retry-after": "9" })];
  const { clock, send, sendAll, sentAtMs } = policyOf(replies);
  await send();
  await sendAll(3, 20_000);
  expect(sentAtMs).toEqual([0, 7_000, 16_000, 16_100]);
  expect(clock.pendingTimers).toBe(0);
});

test("a call whose deadline is before the end of the wait for a probe is sent where the response comes in time", async () => {
  const { clock, send, sendAll, sentAtMs } = policyOf([createReply(429, { "retry-after": "7" })]);
  await send();
  const first = send();
  const deadline = { atMs: 7_500, allowedMs: 7_500 };
  const second = send({ deadline });
  await clock.advance(7_200);
  await Promise.all([first, second]);
  expect(sentAtMs).toEqual([0, 7_000, 7_100]);
  await sendAll(0, 0);
});

test("where the first call after a pause has no response, the next one is sent first", async () => {
  const { clock, send, sentAtMs } = policyOf([createReply(429, { "retry-after": "7" }), new Error("reset")]);
  await send();
  const lost = rejection(send());
  const others = [send(), send()];
  await clock.advance(7_500);
  expect((await lost).message).toBe("reset");
  await Promise.all(others);
  expect(sentAtMs).toEqual([0, 7_000, 7_100, 7_200]);
});

describe("quotas with names", () => {
  // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
  const github: Partial<ProviderProfile> = {
    rateLimitHeaders: {
      limit: "x-ratelimit-limit",
      remaining: "x-ratelimit-remaining",
      reset: { name: "x-ratelimit-reset", unit: "epoch-seconds" },
    },
    quotaNames: { header: "x-ratelimit-resource", buckets: { default: "core" } },
    retry: {
      rules: [
        {
          when: { status: 403, headers: { "x-ratelimit-remaining": "0" } },
          verdict: "throttled",
          until: { header: "x-ratelimit-reset", unit: "epoch-seconds" },
        },
      ],
    },
  };
  const reset = String(Date.UTC(2026, 0, 1) / 1_000 + 30);
  const left = (resource: string, remaining: string, status = 200) =>
    createReply(status, {
      "x-ratelimit-remaining": remaining,
      "x-ratelimit-reset": reset,
      "x-ratelimit-resource": resource,
    });
  const graphql = { operation: { id: "POST /graphql", method: "POST" } };
  const unrelated = { operation: { id: "GET /unrelated" } };

  test("R23: a quota that is used up holds back its own operations, and no others", async () => {
    const { send, sendAll, sentAtMs } = policyOf([left("graphql", "0")], github);
    await send(graphql);
    const waiting = send(graphql);
    await sendAll(2, 300, unrelated);
    expect(sentAtMs).toEqual([0, 100, 200]);
    await sendAll(0, 40_000);
    await waiting;
    expect(sentAtMs).toEqual([0, 100, 200, 30_000]);
  });

  test("R23: a rejection because of a quota that is used up pauses that quota alone", async () => {
    const { send, sendAll, sentAtMs } = policyOf([left("graphql", "0", 403)], github);
    await send(graphql);
    await sendAll(1, 200, unrelated);
    expect(sentAtMs).toEqual([0, 100]);
  });

  test("R23: an operation without a response yet counts against the quota of its bucket", async () => {
    const { send, sendAll, sentAtMs } = policyOf([left("core", "0")], github);
    await send();
    await sendAll(1, 40_000, unrelated);
    expect(sentAtMs).toEqual([0, 30_000]);
  });

  test("R23: a rejection for another reason pauses the whole bucket", async () => {
    const secondary = createReply(429, {
      "retry-after": "7",
      "x-ratelimit-remaining": "4000",
      "x-ratelimit-reset": reset,
      "x-ratelimit-resource": "core",
    });
    const { send, sendAll, sentAtMs } = policyOf([secondary], github);
    await send();
    await sendAll(1, 8_000, graphql);
    expect(sentAtMs).toEqual([0, 7_000]);
  });

  // https://docs.discord.com/developers/topics/rate-limits
  const discord: Partial<ProviderProfile> = {
    rateLimitHeaders: {
      limit: "x-ratelimit-limit",
      remaining: "x-ratelimit-remaining",
      reset: { name: "x-ratelimit-reset-after", unit: "seconds" },
    },
    quotaNames: { header: "x-ratelimit-bucket", parameters: ["channel_id"], global: "x-ratelimit-global" },
  };
  const channel = (id: string, method = "GET") => ({
    url: `https://api.acme.test/channels/${id}/messages`,
    operation: { id: `${method} /channels/{channel_id}/messages`, path: "/channels/{channel_id}/messages", method },
  });
  const limited = (headers: Record<string, string>) =>
    createReply(429, { "retry-after": "5", "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "5", ...headers });

  test("R23: Discord's bucket counts for each channel, and for all operations that name it", async () => {
    const replies = [
      createReply(200, { "x-ratelimit-bucket": "abcd1234" }),
      limited({ "x-ratelimit-bucket": "abcd1234" }),
    ];
    const { send, sendAll, sentAtMs } = policyOf(replies, discord);
    await sendAll(1, 200, channel("1", "PATCH"));
    await sendAll(1, 200, channel("1"));
    await sendAll(1, 200, channel("2"));
    const waiting = [send(channel("1", "PATCH")), send(channel("1"))];
    await sendAll(1, 200, unrelated);
    expect(sentAtMs).toEqual([0, 200, 400, 600]);
    await sendAll(0, 10_000);
    await Promise.all(waiting);
    // One was accepted 0.2 s before the rejection, which counts as 0.8 a second: 0.7 of that is the rate after the pause.
    expect(sentAtMs.slice(4)).toEqual([5_200, 5_200 + Math.ceil(1_000 / (0.7 * 0.8))]);
  });

  test("R23: Discord's global flag pauses all operations", async () => {
    const flag = { "x-ratelimit-global": "true", "x-ratelimit-bucket": "abcd1234" };
    const { send, sendAll, sentAtMs } = policyOf([limited(flag)], discord);
    await send(channel("1"));
    await sendAll(1, 6_000, unrelated);
    expect(sentAtMs).toEqual([0, 5_000]);
  });

  // https://developers.google.com/analytics/devguides/reporting/data/v1/quotas: quotas are those of a property.
  const analytics: Partial<ProviderProfile> = {
    rateLimitHeaders: "none",
    rateLimitBody: [{ remaining: ["propertyQuota", "tokensPerHour", "remaining"], reset: { windowMs: 3_600_000 } }],
    quotaNames: { buckets: { default: "property" }, parameters: ["property"] },
  };
  const property = (id: string, report = "runReport") => ({
    url: `https://api.acme.test/v1beta/properties/${id}:${report}`,
    operation: {
      id: `POST /v1beta/{property}:${report}`,
      path: `/v1beta/{property}:${report}`,
      multiSegment: ["property"],
      method: "POST",
    },
  });
  const tokens = (remaining: number) =>
    createReply(200, {}, { propertyQuota: { tokensPerHour: { consumed: 40_000 - remaining, remaining } } });

  test("R23: a quota of Google Analytics that is used up holds back all reports of its property, and of no other", async () => {
    const { send, sendAll, sentAtMs } = policyOf([tokens(0)], analytics);
    await send(property("1"));
    const waiting = send(property("1", "runPivotReport"));
    await sendAll(1, 200, property("2"));
    expect(sentAtMs).toEqual([0, 100]);
    await sendAll(0, 3_600_000);
    await waiting;
    expect(sentAtMs).toEqual([0, 100, 3_600_000]);
  });

  test("R23: a quota of a body counts for its whole bucket, where no parameter has one of its own", async () => {
    const { send, sendAll, sentAtMs } = policyOf([tokens(0)], { ...analytics, quotaNames: undefined as never });
    await send(property("1"));
    await sendAll(1, 3_600_000, property("2"));
    expect(sentAtMs).toEqual([0, 3_600_000]);
  });
});
