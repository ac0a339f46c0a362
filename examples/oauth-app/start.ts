// Starts the app, and the provider that it talks to on this machine, with tokens in Redis.
import type { AddressInfo } from "node:net";
import { aesGcm, oauthAccounts } from "@connectry/core/oauth";
import { nodeRedis, redisTokens } from "@connectry/core/redis";
import { createHubspot } from "@connectry/hubspot";
import { hubspotOauth } from "@connectry/hubspot/oauth";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { createClient } from "redis";
import { createApp } from "./app.ts";
import { createProvider, type FakeHubspot } from "./provider.ts";

/** Where the parts are, and how to end them. */
export interface Running {
  readonly url: string;
  readonly provider: FakeHubspot;
  close(): Promise<void>;
}

/** Serves an app on a port of this machine; 0 for any. */
async function serve(port: number, create: (url: string) => Hono) {
  let app: Hono | undefined;
  const server = createAdaptorServer({
    fetch: (request: Request) => app?.fetch(request) ?? new Response(null, { status: 503 }),
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = create(url);
  return { url, close: () => new Promise<void>((resolve) => void server.close(() => resolve())) };
}

export async function start(redisUrl: string, port = 0): Promise<Running> {
  const client = { id: "app-1", secret: "a secret of the provider" };
  const provider = createProvider(client);
  const hubspot = await serve(0, () => provider.app);
  const redis = await createClient({ url: redisUrl }).connect();
  const oauth = oauthAccounts({
    // The facts of HubSpot, with the addresses of this machine.
    provider: {
      ...hubspotOauth,
      authorizeUrl: `${hubspot.url}/oauth/authorize`,
      tokenUrl: `${hubspot.url}/oauth/2026-03/token`,
      revocation: { ...hubspotOauth.revocation, url: `${hubspot.url}/oauth/2026-03/token/revoke` },
    },
    client,
    store: redisTokens(nodeRedis(redis), { keySecret: "a secret that names accounts" }),
    seal: aesGcm("a secret that seals the tokens"),
  });
  const connector = createHubspot({ auth: oauth, baseUrl: hubspot.url });
  const app = await serve(port, (url) => createApp({ url, oauth, hubspot: connector }));
  return {
    url: app.url,
    provider,
    async close() {
      await Promise.all([app.close(), hubspot.close()]);
      redis.destroy();
    },
  };
}
