import { allStrategies, createConnector, type PathIndex, type ProviderProfile } from "@connectry/core";
import { tieredCache } from "@connectry/core/cache";
import { type Telemetry, telemetry } from "@connectry/core/telemetry";
import { createWebhooks, stripe as scheme, signWebhook } from "@connectry/core/webhooks";
import { instantClock } from "@connectry/testing";

/** The credential: not a real one, but in the format of one, so that a scan finds a leak. */
export const secret = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
const webhookSecret = "whsec_dashboardtest";

const profile = {
  id: "acme",
  name: "Acme <b>& Sons</b>",
  baseUrl: "https://api.acme.test",
  auth: { kind: "bearer", env: "ACME_KEY" },
  body: "json",
  rateLimits: [{ bucket: "default", limit: 2_000, perMs: 60_000 }],
  rateLimitHeaders: { limit: "x-limit", remaining: "x-left", reset: { name: "x-reset", unit: "seconds" } },
  errors: { message: ["error"], code: ["error"], requestId: "request-id" },
} as const satisfies ProviderProfile;

interface Client {
  readonly safe: { GET(path: string, init: object): Promise<unknown> };
}

/** Telemetry of half an hour of calls and webhooks, up to now. Everything that the provider sends contains the credential. */
export async function busyTelemetry(name: string = profile.name): Promise<Telemetry> {
  const clock = instantClock(Date.now() - 30 * 60_000);
  const metrics = telemetry({ clock });
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    await clock.sleep(40 + ((sent * 37) % 160) + (sent % 50 === 0 ? 900 : 0));
    const status = sent % 25 === 0 ? 503 : sent % 40 === 0 ? 404 : 200;
    const headers = { "request-id": secret, "x-limit": "5000", "x-left": `${5_000 - sent}`, "x-reset": "600" };
    return Response.json({ error: secret }, { status, headers });
  };
  const facts = { version: "1", operations: {}, pages: {} };
  const definition = { profile: { ...profile, name }, facts, strategies: allStrategies(profile) };
  const options = { auth: secret, fetch, clock, random: () => 0.5, observe: metrics, cache: tieredCache() };
  const client = createConnector<PathIndex>(definition, options) as unknown as Client;
  const handler = createWebhooks(scheme).handler({
    secrets: webhookSecret,
    observe: metrics,
    clock,
    otherwise: ({ id }) => {
      if (id.endsWith("7")) throw new Error("handler");
    },
    onError: () => {},
  });
  for (let minute = 0; minute < 30; minute += 1) {
    for (let count = 0; count < 8; count += 1) {
      await client.safe.GET("/things", {
        params: { query: { page: count % 3 } },
        cache: { ttlMs: 300_000, tags: ["things"] },
      });
      await client.safe.GET(count % 2 ? "/orders" : "/customers", { cache: false });
    }
    await handler(
      await signWebhook(
        scheme,
        { id: `evt_${minute}`, type: "invoice.paid" },
        { secret: webhookSecret, nowMs: clock.now() - 2_000 },
      ),
    );
    await clock.sleep(Math.max(0, 60_000 - (clock.monotonic() % 60_000)));
  }
  return metrics;
}
