import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { harness, paid, secret } from "../../test/webhooks/harness.js";
import { tieredCache } from "../cache/index.js";
import { signWebhook, stripe } from "../webhooks/index.js";
import { type Alert, type ThresholdOptions, telemetry, thresholds } from "./index.js";

const rateLimitHeaders = {
  limit: "x-limit",
  remaining: "x-left",
  reset: { name: "x-reset", unit: "seconds" },
} as const;

function setUp(options: Omit<ThresholdOptions, "onAlert" | "clock">) {
  const clock = fakeClock();
  const alerts: Alert[] = [];
  const metrics = telemetry({ clock, windowMs: 1_000 });
  const watch = thresholds(metrics, { ...options, clock, onAlert: (alert) => void alerts.push(alert) });
  const provider = { status: 200, left: 100, takesMs: 0 };
  const { fetch } = stubFetch(async () => {
    if (provider.takesMs > 0) await clock.sleep(provider.takesMs);
    const headers = { "x-limit": "100", "x-left": `${provider.left}`, "x-reset": "60" };
    return Response.json({}, { status: provider.status, headers });
  });
  const observe = [metrics, watch];
  const client = createAcme({ fetch, clock, observe, maxAttempts: 1, cache: tieredCache() }, { rateLimitHeaders });
  const call = async (times: number) => {
    for (let count = 0; count < times; count += 1) await client.safe.GET("/things", { cache: { tags: ["prices"] } });
  };
  return { clock, alerts, watch, provider, client, call, observe };
}

test("an error rate raises an alert once, and resolves it when it is back", async () => {
  const { clock, alerts, provider, call, watch } = setUp({
    errorRate: 0.1,
    minCount: 5,
    lastMs: 10_000,
    everyMs: 1_000,
  });
  provider.status = 400;
  await call(4);
  expect([watch.check(), alerts]).toEqual([[], []]);
  await call(4);
  await clock.advance(1_000);
  await call(2);
  const raised = { kind: "errorRate", provider: "acme", name: undefined, state: "raised", value: 1, threshold: 0.1 };
  expect(alerts).toEqual([raised]);
  provider.status = 200;
  await clock.advance(20_000);
  await call(6);
  await clock.advance(1_000);
  await call(1);
  expect(alerts).toEqual([raised, { ...raised, state: "resolved", value: expect.any(Number) }]);
});

test("slow calls, a quota that is nearly used up, and old data", async () => {
  const { clock, alerts, provider, client, call, watch } = setUp({
    p95Ms: 1_000,
    quotaLeft: 10,
    dataAgeMs: 60_000,
    minCount: 1,
  });
  await call(1);
  expect(watch.check()).toEqual([]);
  Object.assign(provider, { left: 3, takesMs: 5_000 });
  const slow = client.GET("/things");
  await clock.advance(5_000);
  await slow;
  watch.check();
  expect(alerts.map(({ kind, name, state }) => [kind, name, state])).toEqual([
    ["p95Ms", undefined, "raised"],
    ["quotaLeft", "x-left", "raised"],
  ]);
  await clock.advance(61_000);
  watch.check();
  expect(alerts.slice(2).map(({ kind, name, state }) => [kind, name, state])).toEqual([
    // The quota is full again.
    ["quotaLeft", "x-left", "resolved"],
    ["dataAgeMs", "operation GET /things", "raised"],
    ["dataAgeMs", "tag prices", "raised"],
  ]);
});

test("webhooks that fail, but not those that anyone can send", async () => {
  const { alerts, watch, observe } = setUp({ webhookFailureRate: 0.2, minCount: 3 });
  let fails = false;
  const handle = () => {
    if (fails) throw new Error("handler");
  };
  const { handler } = harness(stripe, { observe, on: { "invoice.paid": handle } });
  const deliver = async (id: string, by = secret) =>
    handler(await signWebhook(stripe, { ...paid, id }, { secret: by }));
  for (let count = 0; count < 5; count += 1) await deliver(`evt_${count}`, "whsec_another");
  await deliver("evt_6");
  expect(watch.check()).toEqual([]);
  fails = true;
  await deliver("evt_7");
  expect(watch.check()).toMatchObject([{ kind: "webhookFailureRate", provider: "stripe", value: 0.5 }]);
  expect(alerts).toHaveLength(1);
});

test("options that are not valid are refused", () => {
  const metrics = telemetry();
  const onAlert = () => {};
  expect(() => thresholds(metrics, { onAlert, errorRates: 1 } as never)).toThrow(
    "thresholds: unknown option `errorRates`",
  );
  expect(() => thresholds(metrics, { onAlert, errorRate: "5 %" as never })).toThrow(
    "thresholds: errorRate must be a number, 0 or more",
  );
  expect(() => thresholds(metrics, {} as never)).toThrow("thresholds: onAlert must be a function");
});
