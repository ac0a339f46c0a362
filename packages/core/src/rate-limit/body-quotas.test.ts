import { expect, test } from "vitest";
import { createReply } from "../../test/call.js";
import type { BodyQuota } from "../provider/profile.js";
import { bodyQuotas } from "./body-quotas.js";

const nowMs = Date.UTC(2026, 0, 1);
const read = (json: unknown, ...facts: BodyQuota[]) => bodyQuotas(createReply(200, {}, json), facts, nowMs);

// "Daily quotas refresh at midnight PST, and hourly quotas refresh within an hour":
// https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
const tokensPerHour: BodyQuota = {
  remaining: ["propertyQuota", "tokensPerHour", "remaining"],
  reset: { windowMs: 3_600_000 },
};
const tokensPerDay: BodyQuota = {
  remaining: ["propertyQuota", "tokensPerDay", "remaining"],
  reset: { windowMs: 86_400_000 },
};

test("R23: Google Analytics' property quota is read, each within its window", () => {
  const propertyQuota = {
    tokensPerDay: { consumed: 14, remaining: 199_986 },
    tokensPerHour: { consumed: 40_003, remaining: -3 },
  };
  expect(read({ propertyQuota }, tokensPerDay, tokensPerHour)).toEqual([
    { name: "propertyQuota.tokensPerDay.remaining", remaining: 199_986, resetMs: 86_400_000 },
    { name: "propertyQuota.tokensPerHour.remaining", remaining: 0, resetMs: 3_600_000 },
  ]);
});

// https://shopify.dev/docs/api/usage/limits#the-leaky-bucket-algorithm
const throttleStatus = ["extensions", "cost", "throttleStatus"];
const shopify: BodyQuota = {
  remaining: [...throttleStatus, "currentlyAvailable"],
  reset: { size: [...throttleStatus, "maximumAvailable"], perSecond: [...throttleStatus, "restoreRate"] },
};

test("R23: Shopify's bucket is full again once its missing points are restored", () => {
  const status = { maximumAvailable: 1_000.0, currentlyAvailable: 988, restoreRate: 50.0 };
  expect(read({ extensions: { cost: { throttleStatus: status } } }, shopify)).toEqual([
    // 12 points at 50 a second.
    { name: "extensions.cost.throttleStatus.currentlyAvailable", remaining: 988, resetMs: 240 },
  ]);
});

test("R23: the reset of GitHub's GraphQL quota is a time of RFC 3339 in the body", () => {
  // https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
  const rateLimit = { limit: 5_000, cost: 1, remaining: 4_999, resetAt: "2026-01-01T00:10:00Z" };
  const github: BodyQuota = {
    remaining: ["data", "rateLimit", "remaining"],
    reset: { at: ["data", "rateLimit", "resetAt"], unit: "date" },
  };
  expect(read({ data: { rateLimit } }, github)).toMatchObject([{ remaining: 4_999, resetMs: 600_000 }]);
});

test.each([
  ["no such value", {}],
  ["no numbers", { extensions: { cost: { throttleStatus: { currentlyAvailable: "many" } } } }],
  ["no rate", { extensions: { cost: { throttleStatus: { currentlyAvailable: 1, maximumAvailable: 2 } } } }],
  [
    "a rate of 0",
    { extensions: { cost: { throttleStatus: { currentlyAvailable: 1, maximumAvailable: 2, restoreRate: 0 } } } },
  ],
  ["no object", "throttleStatus"],
])("a body with %s reports no quota", (_, json) => {
  expect(read(json, shopify)).toEqual([]);
});

test("a body that is not JSON, or not read, reports no quota", () => {
  const text = { ...createReply(200), body: new TextEncoder().encode("<html>") };
  expect(bodyQuotas(text, [shopify], nowMs)).toEqual([]);
  expect(bodyQuotas({ ...text, body: new ReadableStream() }, [shopify], nowMs)).toEqual([]);
});
