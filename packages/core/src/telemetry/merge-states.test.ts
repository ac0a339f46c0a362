import { instantClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { setUp } from "../../test/counted-client.js";
import { ioredisConnection, startRedis } from "../../test/redis.js";
import { redisTelemetry } from "../redis/index.js";
import { type Telemetry, telemetry } from "./index.js";

describe("several processes", () => {
  test("show one picture over Redis to each of them, and one that ended is still counted", async () => {
    const redis = await ioredisConnection(await startRedis());
    const clocks = instantClock();
    const processes = ["a", "b", "c"].map((processId) =>
      setUp({ metrics: { store: redisTelemetry(redis, { processId }) }, options: { clock: clocks } }),
    );
    for (const [index, { client }] of processes.entries()) {
      for (let count = 0; count <= index; count += 1) await client.GET(`/things/${index}`);
    }
    const [first, second, third] = processes.map(({ metrics }) => metrics) as [Telemetry, Telemetry, Telemetry];
    await third.publish();
    await second.publish();
    const merged = await first.mergedSnapshot();
    expect(merged.connectors[0]).toMatchObject({ calls: 6, attempts: 6, windows: [{ calls: 6 }] });
    expect(merged.connectors[0]?.operations.map(({ operation, calls }) => [operation, calls]).sort()).toEqual([
      ["GET /things/0", 1],
      ["GET /things/1", 2],
      ["GET /things/2", 3],
    ]);
    expect(merged.connectors[0]?.duration.count).toBe(6);
    // Publishing again replaces what was published before.
    expect((await second.mergedSnapshot()).connectors[0]?.calls).toBe(6);
  });

  test("what another version or somebody else wrote is left out", async () => {
    const texts = ["", "{}", '{"version":2,"state":{}}', '{"version":1,"state":{"connectors":1}}', "not JSON"];
    const store = { publish: async (text: string) => void texts.push(text), read: async () => texts };
    const { client, metrics } = setUp({ metrics: { store } });
    await client.GET("/things");
    expect((await metrics.mergedSnapshot()).connectors).toMatchObject([{ calls: 1 }]);
  });

  test("limits are those that all of them used, and the latest quota counts", async () => {
    const texts = new Map<string, string>();
    const storeOf = (id: string) => ({
      publish: async (text: string) => void texts.set(id, text),
      read: async () => [...texts.values()],
    });
    const clock = instantClock();
    const profile = { rateLimits: [{ bucket: "default", limit: 100, perMs: 60_000 }] };
    const [one, two] = ["a", "b"].map((id) => setUp({ metrics: { store: storeOf(id) }, options: { clock }, profile }));
    await one?.client.GET("/things");
    await two?.client.GET("/things");
    await two?.metrics.publish();
    expect((await one?.metrics.mergedSnapshot())?.connectors[0]?.limits).toMatchObject([{ used: 2 }]);
  });

  test("sharing needs a store", async () => {
    await expect(telemetry().publish()).rejects.toThrow("telemetry: pass `store` to share with other processes.");
  });
});
