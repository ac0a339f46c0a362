import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createGoogleAnalytics } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { rows: [], rowCount: 0 } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createGoogleAnalytics>[0] = {}) =>
  createGoogleAnalytics({ auth: "ya29.1", baseUrl: server.url, random: () => 0, ...options });
const report = (property = "properties/1234") => ({
  params: { path: { property } },
  body: { metrics: [{ name: "activeUsers" }], returnPropertyQuota: true },
});
const run = "/v1beta/{property}:runReport";

test("the slash of properties/1234 is one of the path, and dot segments are refused", async () => {
  await create().POST(run, report());
  expect(server.requests[0]?.path).toBe("/v1beta/properties/1234:runReport");
  await expect(create().POST(run, report("properties/../1234"))).rejects.toMatchObject({ name: "ConfigurationError" });
  expect(server.requests).toHaveLength(1);
});

test("a report is a POST that reads, and is sent again after a 503; the creation of an audience export is not", async () => {
  server.faults.push({ kind: "response", status: 503 });
  await create().POST(run, report());
  expect(server.requests).toHaveLength(2);
  server.faults.push({ kind: "response", status: 503 });
  const parent = {
    params: { path: { parent: "properties/1234" } },
    body: { audience: "properties/1234/audiences/1", dimensions: [] },
  };
  const { error } = await create().safe.POST("/v1beta/{parent}/audienceExports", parent);
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(server.requests).toHaveLength(3);
});

test("a property whose tokens are used up waits, by the quota in the body, and another is asked", async () => {
  const used = { tokensPerHour: { consumed: 10, remaining: 0 }, tokensPerDay: { consumed: 10, remaining: 160_000 } };
  server.faults.push({ kind: "response", status: 200, body: { rows: [], propertyQuota: used } });
  const clock = fakeClock();
  const analytics = create({ clock });
  await analytics.POST(run, report());
  await analytics.POST(run, report("properties/5678"));
  expect(server.requests).toHaveLength(2);
  const { error } = await analytics.safe.POST(run, report());
  expect(error?.name).toBe("QuotaExceededError");
  expect(server.requests).toHaveLength(2);
});

test("ten requests are under way at once, and the eleventh waits", async () => {
  let underWay = 0;
  let most = 0;
  const analytics = create({
    fetch: async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay -= 1;
      return Response.json({ rows: [] });
    },
    concurrency: 100,
  });
  await Promise.all(Array.from({ length: 25 }, () => analytics.POST(run, report())));
  expect(most).toBe(10);
});
