// A program and its dependencies may load both formats of a package, which are two copies of its classes and its state.

import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { redisServer } from "../../packages/testing/src/redis/redis-server.ts";
import { builtPackages } from "../public-packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = builtPackages(root);
const formats = ["esm", "cjs"] as const;
type Format = (typeof formats)[number];

/** Both copies of a built entry. */
async function load<Entry = Record<string, unknown>>(name: string, subpath = "."): Promise<Record<Format, Entry>> {
  const { folder = "", exports = {} } = packages.find((one) => one.name === name) ?? {};
  const target = exports[subpath];
  if (typeof target !== "object") throw new Error(`${name} has no entry ${subpath}`);
  const at = (file = "") => join(root, folder, file);
  return { esm: await import(at(target.default)), cjs: createRequire(import.meta.url)(at(target.require?.default)) };
}

const core = "@connectry/core";
const stripe = await load<typeof import("../../packages/connectors/stripe/src/index.ts")>("@connectry/stripe");
const cache = await load<typeof import("../../packages/core/src/cache/index.ts")>(core, "./cache");
const redis = await load<typeof import("../../packages/core/src/redis/index.ts")>(core, "./redis");
const undici = await load<typeof import("../../packages/core/src/undici/index.ts")>(core, "./undici");
const bulk = await load<typeof import("../../packages/core/src/bulk/index.ts")>(core, "./bulk");
const openapi = await load<typeof import("../../packages/core/src/openapi-fetch/index.ts")>(core, "./openapi-fetch");
const webhooks = await load<typeof import("../../packages/core/src/webhooks/index.ts")>(core, "./webhooks");
const stripeWebhooks = await load<typeof import("../../packages/connectors/stripe/src/webhooks.ts")>(
  "@connectry/stripe",
  "./webhooks",
);

/** Responses of Stripe, and what was asked. */
function stub() {
  const requests: Request[] = [];
  const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
    requests.push(new Request(url, { ...init, duplex: "half" } as RequestInit));
    return Response.json({ id: "cus_1", object: "customer" });
  };
  const create = (format: Format, options: object = {}) =>
    stripe[format].createStripe({ auth: "sk_test", fetch, ...options });
  return { requests, create };
}

const pairs = [
  ["esm", "cjs"],
  ["cjs", "esm"],
] as const;

test("are two copies", () => {
  expect(stripe.esm.createStripe).not.toBe(stripe.cjs.createStripe);
});

describe.each(pairs)("what the copy %s has created is what the copy %s knows:", (one, other) => {
  test("errors", async () => {
    const found: string[] = [];
    for (const { name, exports = {} } of packages) {
      for (const [subpath, target] of Object.entries(exports)) {
        if (typeof target === "string" || target.default === undefined || subpath === "./operations") continue;
        const entry = await load(name, subpath);
        for (const [key, value] of Object.entries(entry[one])) {
          if (typeof value !== "function" || !("isInstance" in value)) continue;
          const { isInstance } = entry[other][key] as { isInstance(value: unknown): boolean };
          const error = key === "CodegenError" ? Reflect.construct(value, []) : Object.create(value.prototype);
          expect([key, isInstance.call(entry[other][key], error)]).toEqual([key, true]);
          expect([key, isInstance.call(entry[other][key], new Error(key))]).toEqual([key, false]);
          found.push(key);
        }
      }
    }
    expect(found).toEqual(
      expect.arrayContaining(["ApiError", "GraphqlError", "WebhookVerificationError", "CodegenError"]),
    );
  });

  test("a cache", async () => {
    const { create, requests } = stub();
    const shared = cache[one].tieredCache();
    const ttl = { params: { path: { customer: "cus_1" } }, cache: { ttlMs: 60_000, tags: ["customer"] } };
    const clients = [create(one, { cache: shared }), create(other, { cache: shared })];
    const get = async (index: number) => (await clients[index]!.GET("/v1/customers/{customer}", ttl)).response.cache;
    expect([await get(0), await get(1)]).toEqual(["miss", "hit"]);
    await clients[1]!.cache.invalidate({ tags: ["customer"] });
    expect([await get(0), await get(1)]).toEqual(["miss", "hit"]);
    expect(requests).toHaveLength(2);
  });

  test("a body", async () => {
    const { create, requests } = stub();
    const file = stripe[one].reopenable(async () => new Blob(["contents"]).stream(), { name: "a.txt" });
    await create(other).POST("/v1/files", { body: { file, purpose: "dispute_evidence" } });
    expect(await requests[0]?.text()).toContain("contents");
  });

  test("a connector, for toFetch and openapi-fetch", async () => {
    const { create, requests } = stub();
    await stripe[other].toFetch(create(one))("https://api.stripe.com/v1/balance");
    type Paths = import("../../packages/connectors/stripe/src/generated/schema.ts").paths;
    const { response } = await openapi[other].openapiClient<Paths>(create(one) as never).GET("/v1/balance");
    expect([response.status, requests.length]).toEqual([200, 2]);
  });

  test("a log of bulk", async () => {
    const done = bulk[one].memoryLog();
    for (const format of [one, other]) {
      const sent: number[] = [];
      const send = async (item: number) => sent.push(item);
      for await (const _ of bulk[format].bulk([1, 2], send, { run: "a", done }));
      expect(sent.toSorted()).toEqual(format === one ? [1, 2] : []);
    }
  });

  test("an inbox", async () => {
    const inbox = webhooks[one].memoryInbox();
    const processed: Format[] = [];
    for (const format of [one, other]) {
      const { webhooks: own } = stripeWebhooks[format];
      const event = { id: "evt_1", object: "event", type: "invoice.paid", data: { object: {} } };
      const POST = own.handler({ secrets: "whsec", inbox, on: { "invoice.paid": () => void processed.push(format) } });
      const request = await webhooks[other].signWebhook(own.scheme, event, { secret: "whsec" });
      expect((await POST(request)).status).toBe(204);
    }
    expect(processed).toEqual([one]);
  });

  test("rate limits in Redis", async () => {
    const server = await redisServer();
    onTestFinished(() => server.close());
    const { Redis } = createRequire(join(root, "packages/core/package.json"))("ioredis");
    const client = new Redis(server.url);
    onTestFinished(() => client.disconnect());
    const connection = redis[one].ioredis(client, { timeoutMs: 5_000 });
    const limits = [{ bucket: "default", limit: 1, perMs: 3_600_000 }];
    const stores = [redis[one], redis[other]].map(({ redisRateLimits }) =>
      redisRateLimits({ redis: connection, keySecret: "secret" }),
    );
    const { create, requests } = stub();
    const call = (format: Format, store: (typeof stores)[number] | undefined) =>
      create(format, { rateLimit: { limits, store }, deadlineMs: 1_000 }).safe.GET("/v1/balance");
    expect((await call(other, stores[0])).error).toBeUndefined();
    for (const [format, store] of [
      [one, stores[0]],
      [other, stores[1]],
    ] as const)
      expect((await call(format, store)).error).toMatchObject({ name: "QuotaExceededError" });
    expect(requests).toHaveLength(1);
  });

  test("a transport, and that nothing was sent when TLS fails", async () => {
    const server = createServer((socket) => socket.on("error", () => {}).end("no TLS")).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const transport of [undici[one].undiciTransport(), undefined]) {
      const client = stripe[other].createStripe({ auth: "sk_test", baseUrl, transport, maxAttempts: 1 });
      const { error } = await client.safe.POST("/v1/customers", { body: {} });
      expect(error).toMatchObject({ name: "NetworkError", maybeSent: false });
    }
  });
});
