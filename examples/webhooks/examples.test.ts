import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:http2";
import type { AddressInfo } from "node:net";
import { createWebhooks, github, signWebhook, slack, stripe, toNodeHandler, twilio } from "@connectry/core/webhooks";
import { redisServer } from "@connectry/testing";
import fastify from "fastify";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";

const secret = "whsec_examples";

/** Captures the lines that an example logs. */
function captureLog(): string[] {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  return lines;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Sends a delivery over a socket. */
async function send(delivery: Request, url: string): Promise<Response> {
  return fetch(url, { method: "POST", headers: delivery.headers, body: await delivery.arrayBuffer() });
}

test("examples/webhooks/hono.ts accepts GitHub's events", async () => {
  vi.stubEnv("GITHUB_WEBHOOK_SECRET", secret);
  const lines = captureLog();
  const { app } = await import("./hono.ts");
  const headers = { "x-github-event": "issues", "x-github-delivery": "1" };
  const body = { action: "opened", issue: { number: 7, title: "It breaks" } };
  const url = "https://example.com/webhooks/github";
  expect((await app.fetch(await signWebhook(github, body, { secret, headers, url }))).status).toBe(204);
  expect((await app.fetch(await signWebhook(github, body, { secret: "another", headers, url }))).status).toBe(401);
  expect(lines).toEqual(["#7 It breaks"]);
});

test("examples/webhooks/express.ts accepts Stripe's events with either secret", async () => {
  vi.stubEnv("STRIPE_WEBHOOK_SECRET", secret);
  vi.stubEnv("STRIPE_WEBHOOK_SECRET_OLD", "whsec_old");
  const lines = captureLog();
  const { app } = await import("./express.ts");
  const server = app.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`;
  const paid = (id: string) => ({
    id,
    type: "payment_intent.succeeded",
    data: { object: { id: "pi_1", amount: 1_000, currency: "usd" } },
  });
  for (const [id, by, status] of [
    ["evt_1", secret, 204],
    ["evt_2", "whsec_old", 204],
    ["evt_2", "whsec_old", 204],
    ["evt_3", "whsec_wrong", 401],
  ] as const) {
    expect((await send(await signWebhook(stripe, paid(id), { secret: by }), url)).status).toBe(status);
  }
  expect(lines).toEqual(["pi_1: 1000 usd", "pi_1: 1000 usd"]);
});

test("examples/webhooks/fastify.ts responds to Twilio with TwiML", async () => {
  vi.stubEnv("TWILIO_AUTH_TOKEN", secret);
  vi.stubEnv("PUBLIC_URL", "https://hooks.example.com/webhooks/twilio");
  const { app } = await import("./fastify.ts");
  onTestFinished(() => app.close());
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const url = "https://hooks.example.com/webhooks/twilio";
  const delivery = await signWebhook(twilio, "MessageSid=SM1&Body=Hi", { secret, headers, url });
  const response = await send(delivery, `${address}/webhooks/twilio`);
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("You said: Hi")]);
});

test("Fastify verifies deliveries over HTTP/2", async () => {
  const processed: string[] = [];
  const handler = createWebhooks(stripe).handler({
    secrets: secret,
    otherwise: ({ id }) => void processed.push(id),
    onError: () => {},
  });
  const app = fastify({ http2: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.post("/webhooks/stripe", toNodeHandler(handler));
  const session = connect(await app.listen({ port: 0, host: "127.0.0.1" }));
  onTestFinished(async () => {
    session.destroy();
    await app.close();
  });
  const deliver = async (key: string) => {
    const delivery = await signWebhook(stripe, { id: "evt_1", type: "invoice.paid" }, { secret: key });
    const fields = { ":method": "POST", ":path": "/webhooks/stripe", ...Object.fromEntries(delivery.headers) };
    const stream = session.request(fields);
    stream.resume().end(new Uint8Array(await delivery.arrayBuffer()));
    const [headers] = await once(stream, "response");
    return headers[":status"];
  };
  expect([await deliver(secret), await deliver("another"), processed]).toEqual([204, 401, ["evt_1"]]);
});

test("examples/webhooks/next/route.ts processes each of Stripe's events once, with Redis", async () => {
  const redis = await redisServer();
  onTestFinished(() => redis.close());
  vi.stubEnv("REDIS_URL", redis.url);
  vi.stubEnv("STRIPE_WEBHOOK_SECRET", secret);
  const lines = captureLog();
  const { POST, close } = await import("./next/route.ts");
  onTestFinished(() => close());
  const body = { id: "evt_1", type: "invoice.paid", data: { object: { id: "in_1" } } };
  for (let delivery = 0; delivery < 2; delivery += 1) {
    expect((await POST(await signWebhook(stripe, body, { secret }))).status).toBe(204);
  }
  expect(lines).toEqual(["in_1 is paid"]);
});

test("examples/webhooks/worker.ts responds to Slack's commands, with Redis over HTTP", async () => {
  const commands: string[] = [];
  const upstash = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const [command = ""] = JSON.parse(text) as string[];
    commands.push(command);
    // One run of a claim, and then of a completion: that it succeeded, and its reply.
    response.end(JSON.stringify({ result: [[1, commands.length === 1 ? ["claimed", 0] : 1]] }));
  });
  await new Promise<void>((resolve) => upstash.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    upstash.close();
    upstash.closeAllConnections();
  });
  const { default: worker } = await import("./worker.ts");
  const env = {
    SLACK_SIGNING_SECRET: secret,
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${(upstash.address() as AddressInfo).port}`,
    UPSTASH_REDIS_REST_TOKEN: "token",
  };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const delivery = await signWebhook(slack, "command=%2Fdeploy&text=main&trigger_id=1", { secret, headers });
  expect(await (await worker.fetch(delivery, env)).json()).toEqual({ text: "Deploying main" });
  expect(commands).toEqual(["EVALSHA", "EVALSHA"]);
});
