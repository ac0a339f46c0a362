import { describe, expect, test } from "vitest";
import { setUp } from "../../test/counted-client.js";
import { promtool } from "../../test/promtool.js";
import { harness, paid, secret as webhookSecret } from "../../test/webhooks/harness.js";
import { tieredCache } from "../cache/index.js";
import { signWebhook, stripe } from "../webhooks/index.js";
import { telemetry } from "./index.js";

describe("the text for Prometheus", () => {
  test("is accepted by `promtool check metrics`, with hostile names in it", async () => {
    const rateLimits = [{ bucket: "default", limit: 1_000, perMs: 1_000 }];
    const { client, metrics } = setUp({
      options: { cache: tieredCache() },
      profile: { rateLimits },
      respond: (_, count) => Response.json({}, { status: count % 3 ? 200 : 404 }),
    });
    for (const path of ["/things", '/"quoted"\\', "/é"]) {
      await client.safe.GET(path, { cache: { ttlMs: 1_000, tags: ['a "tag"\n'] } });
      await client.safe.GET(path, { cache: { ttlMs: 1_000 } });
    }
    const { handler } = harness(stripe, { observe: metrics });
    await handler(await signWebhook(stripe, { ...paid, type: 'a"b\nc\\' }, { secret: webhookSecret }));
    const text = metrics.prometheus();
    expect(promtool(["check", "metrics"], text)).toBe("");
    expect(promtool(["check", "metrics"], `${text}broken{`)).not.toBe("");
    expect(text).toContain(
      'connectry_client_calls_total{provider="acme",operation="GET /things",outcome="success"} 2\n',
    );
  });

  test("is empty where nothing was counted", () => {
    expect(telemetry().prometheus()).toBe("");
  });
});
