import type { ProviderFacts, ProviderProfile } from "@connectry/core";
import { expect, test } from "vitest";
import { acmeProfile } from "../../test/acme.js";
import { fakeClock } from "../clock/fake-clock.js";
import { fakeProvider } from "./fake-provider.js";
import type { Quota } from "./quota.js";

const get = {
  get: { responses: { 200: { description: "", content: { "application/json": { schema: { type: "object" } } } } } },
};
const document = { openapi: "3.0.3", paths: { "/things": get, "/search": get } };
const base: ProviderProfile = { ...acmeProfile, baseUrl: "https://x.test", auth: { kind: "bearer", env: "X" } };
const startMs = Date.UTC(2026, 0, 1);

async function startWith(quota: Quota, profile: Partial<ProviderProfile> = {}, facts?: ProviderFacts) {
  const clock = fakeClock(startMs);
  const server = await fakeProvider({ document, profile: { ...base, ...profile }, facts, quota, clock });
  const send = async (path = "/things", credential = "a") => {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${credential}` } });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  return { clock, send, [Symbol.asyncDispose]: server.close };
}

test("a quota limits every window and each credential, and rejected requests do not count", async () => {
  await using acme = await startWith({ limit: 2, perMs: 1_000 });
  const statuses = async (count: number, credential?: string) => {
    const found: number[] = [];
    for (let calls = 0; calls < count; calls += 1) found.push((await acme.send("/things", credential)).status);
    return found;
  };
  expect(await statuses(1)).toEqual([200]);
  await acme.clock.advance(900);
  expect(await statuses(3)).toEqual([200, 429, 429]);
  expect(await statuses(2, "b")).toEqual([200, 200]);
  // The first request leaves the window; the second, sent at 900 ms, is still in it.
  await acme.clock.advance(100);
  expect(await statuses(2)).toEqual([200, 429]);
  await acme.clock.advance(1_000);
  expect(await statuses(3)).toEqual([200, 200, 429]);
});

test("without a retry rule a used-up quota is a 429 with Retry-After, in the provider's error format", async () => {
  await using acme = await startWith({ limit: 1, perMs: 2_500 });
  await acme.send();
  await acme.clock.advance(400);
  const { status, headers, body } = await acme.send();
  expect([status, headers.get("retry-after"), body]).toEqual([
    429,
    "3",
    {
      reason: "GET /things: quota of 1 requests in 2500 ms is used up: the next request is allowed in 2100 ms",
      code: "rate_limited",
    },
  ]);
});

const rateLimitHeaders: ProviderProfile["rateLimitHeaders"] = {
  limit: "x-limit",
  remaining: "x-remaining",
  reset: { name: "x-reset", unit: "epoch-seconds" },
};

test.each([
  ["epoch-seconds", String(startMs / 1_000 + 5)],
  ["seconds", "5"],
  ["milliseconds", "4500"],
  ["window-milliseconds", "5000"],
] as const)("responses have the rate limit headers of the profile, with a reset in %s", async (unit, reset) => {
  const headers: ProviderProfile["rateLimitHeaders"] = {
    limit: "x-limit",
    remaining: "x-remaining",
    reset: { name: "x-reset", unit },
  };
  await using acme = await startWith({ limit: 2, perMs: 5_000 }, { rateLimitHeaders: headers });
  const readHeaders = async () => {
    const { headers: sent } = await acme.send();
    return ["x-limit", "x-remaining", "x-reset"].map((name) => sent.get(name));
  };
  expect((await readHeaders()).slice(0, 2)).toEqual(["2", "1"]);
  await acme.clock.advance(500);
  expect(await readHeaders()).toEqual(["2", "0", reset]);
  expect(await readHeaders()).toEqual(["2", "0", reset]);
});

test("a rule about the rate limit headers takes precedence: a 403 without Retry-After", async () => {
  await using acme = await startWith(
    { limit: 1, perMs: 5_000 },
    {
      rateLimitHeaders,
      retry: {
        rules: [
          { when: { status: [403, 429], headers: { "retry-after": true } }, verdict: "throttled" },
          {
            when: { status: [403, 429], headers: { "x-remaining": "0" } },
            verdict: "throttled",
            until: { header: "x-reset", unit: "epoch-seconds" },
          },
        ],
      },
    },
  );
  await acme.send();
  const { status, headers } = await acme.send();
  expect([status, headers.get("x-remaining"), headers.get("x-reset"), headers.get("retry-after")]).toEqual([
    403,
    "0",
    String(startMs / 1_000 + 5),
    null,
  ]);
});

test("a rule about the body sets a member of the body, and one with a waiting time sends no Retry-After", async () => {
  await using acme = await startWith(
    { limit: 1, perMs: 5_000 },
    {
      retry: {
        rules: [
          { when: { status: 429, body: { at: ["policy"], equals: "DAILY" } }, verdict: "failed" },
          {
            when: { status: 429, body: { at: ["policy"], oneOf: ["TEN_SECONDS", "SECOND"] } },
            verdict: "throttled",
            waitMs: 10_000,
          },
        ],
      },
    },
  );
  await acme.send();
  const { status, headers, body } = await acme.send();
  expect([status, body.policy, headers.get("retry-after")]).toEqual([429, "TEN_SECONDS", null]);
});

test("a used-up quota is a 429 with Retry-After, also where errors have status 200", async () => {
  await using acme = await startWith(
    { limit: 1, perMs: 1_000 },
    {
      errors: { message: ["detail"], code: ["error"], statuses: { ratelimited: 429 } },
      retry: {
        rules: [
          { when: { status: 200, body: { at: ["error"], equals: "ratelimited" } }, verdict: "throttled" },
          { when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "failed" },
        ],
      },
    },
  );
  await acme.send();
  const { status, headers, body } = await acme.send();
  expect([status, headers.get("retry-after"), body]).toMatchObject([429, "1", { ok: false, error: "ratelimited" }]);
});

test("a quota of a bucket only counts the operations of that bucket", async () => {
  const facts: ProviderFacts = { version: "1", operations: { "GET /search": { bucket: "search" } }, pages: {} };
  await using acme = await startWith({ limit: 1, perMs: 1_000, bucket: "search" }, {}, facts);
  const statuses = [];
  for (const path of ["/things", "/search", "/things", "/search"]) statuses.push((await acme.send(path)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  await using other = await startWith({ limit: 1, perMs: 1_000, bucket: "default" }, {}, facts);
  expect([(await other.send("/search")).status, (await other.send()).status, (await other.send()).status]).toEqual([
    200, 200, 429,
  ]);
});
