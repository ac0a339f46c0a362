import { expect, test } from "vitest";
import { harness, secret } from "../../../test/webhooks/harness.js";
import {
  asana,
  figma,
  type Inbox,
  memoryInbox,
  signWebhook,
  slack,
  stripe,
  twilio,
  type WebhookScheme,
} from "../index.js";

const form = { "content-type": "application/x-www-form-urlencoded" };
const url = "https://example.com/voice";

interface Sent {
  readonly body?: unknown;
  readonly url?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends requests one after another, and returns the statuses of the responses and the payloads that were processed. */
async function deliver(scheme: WebhookScheme, sent: readonly Sent[]) {
  const { handler, processed } = harness(scheme);
  const statuses: number[] = [];
  for (const { body = "", ...options } of sent) {
    statuses.push((await handler(await signWebhook(scheme, body, { secret, ...options }))).status);
  }
  return { statuses, payloads: processed.map(({ payload }) => payload) };
}

test("R55: GETs of Twilio for different calls are all processed, with the parameters of their queries", async () => {
  const get = (sid: string) => ({ method: "GET", url: `${url}?CallSid=${sid}&CallStatus=ringing&From=%2B1555` });
  const { payloads } = await deliver(twilio, [get("CA1"), get("CA2"), get("CA3")]);
  const of = (sid: string) => ({ CallSid: sid, CallStatus: "ringing", From: "+1555" });
  expect(payloads).toEqual([of("CA1"), of("CA2"), of("CA3")]);
});

test("R55: the same digits to the same question of a call are processed each time", async () => {
  const gather = { body: "CallSid=CA1&Digits=1", url, headers: form };
  expect((await deliver(twilio, [gather, gather])).payloads).toHaveLength(2);
});

test("R55: a retry of Twilio repeats its token, and is processed once", async () => {
  const retried = (token: string) => ({
    body: "CallSid=CA1&Digits=1",
    url,
    headers: { ...form, "i-twilio-idempotency-token": token },
  });
  expect((await deliver(twilio, [retried("a"), retried("a"), retried("b")])).payloads).toHaveLength(2);
});

test("R55: the same text typed twice into a menu of Slack gets options twice", async () => {
  const suggestion = { body: { type: "block_suggestion", action_id: "a", value: "con" } };
  expect((await deliver(slack, [suggestion, suggestion])).payloads).toHaveLength(2);
});

test.each([
  ["another body", { body: { events: [{ action: "added" }] } }],
  ["another URL", { url: "https://example.com/hook?tenant=2" }],
  ["another method", { method: "PUT" }],
])("R55: requests without an id are processed once, and one with %s is another request", async (_, change) => {
  const first = { body: { events: [{ action: "changed" }] }, url: "https://example.com/hook?tenant=1" };
  expect((await deliver(asana, [first, first, { ...first, ...change }])).payloads).toHaveLength(2);
});

test("R55: the time of the signature tells requests apart only where redeliveries keep it", async () => {
  const timed = (withoutId: "request" | "request-and-time"): WebhookScheme => ({
    ...stripe,
    event: { type: stripe.event.type, withoutId },
  });
  for (const [scheme, count] of [
    [timed("request"), 1],
    [timed("request-and-time"), 2],
  ] as const) {
    const { handler, processed } = harness(scheme);
    const nowMs = Date.now();
    for (const ageMs of [0, 0, 2_000]) {
      await handler(await signWebhook(scheme, { type: "a" }, { secret, nowMs: nowMs - ageMs }));
    }
    expect(processed).toHaveLength(count);
  }
});

test("R55: an event that nothing identifies has a random id, and does not enter the inbox", async () => {
  const keys: string[] = [];
  const memory = memoryInbox();
  const inbox: Inbox = {
    ...memory,
    claim: (key, leaseMs) => {
      keys.push(key);
      return memory.claim(key, leaseMs);
    },
  };
  const { handler, processed } = harness(slack, { inbox });
  for (const body of [{ type: "block_suggestion" }, { type: "block_suggestion" }, { event_id: "Ev1", type: "a" }]) {
    await handler(await signWebhook(slack, body, { secret }));
  }
  expect(keys).toEqual(["slack:/webhooks:Ev1"]);
  expect(processed.map(({ isIdentified }) => isIdentified)).toEqual([false, false, true]);
  expect(processed[0]?.id).not.toBe(processed[1]?.id);
});

test("R55: a duplicate gets the response that its handler returned, and the handler runs once", async () => {
  let runs = 0;
  const twiml = "<Response><Say>Grüße</Say></Response>";
  const { handler } = harness(twilio, {
    otherwise: () => {
      runs += 1;
      return new Response(twiml, { status: 201, headers: { "content-type": "text/xml", "x-run": String(runs) } });
    },
  });
  const sign = () =>
    signWebhook(twilio, "CallSid=CA1", { secret, url, headers: { ...form, "i-twilio-idempotency-token": "a" } });
  for (let delivery = 0; delivery < 3; delivery += 1) {
    const response = await handler(await sign());
    expect([response.status, response.headers.get("content-type"), response.headers.get("x-run")]).toEqual([
      201,
      "text/xml",
      "1",
    ]);
    expect(await response.text()).toBe(twiml);
  }
  expect(runs).toBe(1);
});

test.each([
  ["without a body", null, [204, ""]],
  ["of 16 KiB", "x".repeat(16_384), [200, "x".repeat(16_384)]],
  ["of more than 16 KiB, which is not kept,", "x".repeat(16_385), [204, ""]],
])("R55: a response %s is sent whole, and to a duplicate while it is small", async (_, body, expected) => {
  const { handler } = harness(stripe, {
    otherwise: () => new Response(body, { status: body === null ? 204 : 200 }),
  });
  const first = await handler(await signWebhook(stripe, { id: "evt_1", type: "a" }, { secret }));
  expect(await first.text()).toBe(body ?? "");
  const second = await handler(await signWebhook(stripe, { id: "evt_1", type: "a" }, { secret }));
  expect([second.status, await second.text()]).toEqual(expected);
});

test("a response whose body fails counts as a failed handler, and the next delivery is processed", async () => {
  let runs = 0;
  const { handler, errors } = harness(stripe, {
    otherwise: () => {
      runs += 1;
      return new Response(new ReadableStream({ start: (controller) => controller.error(new Error("no template")) }));
    },
  });
  for (let delivery = 1; delivery <= 2; delivery += 1) {
    const response = await handler(await signWebhook(stripe, { id: "evt_1", type: "a" }, { secret }));
    expect([response.status, runs, errors.length]).toEqual([500, delivery, delivery]);
  }
});

test("R55: a passcode in the body does not make two events the same", async () => {
  const event = (timestamp: string) => ({ body: { event_type: "FILE_UPDATE", timestamp } });
  const { payloads } = await deliver(figma, [event("2026-01-01"), event("2026-01-02"), event("2026-01-02")]);
  expect(payloads).toHaveLength(2);
});

/** Delivers one event to the paths in turn, by handlers of one inbox, and returns how often it was processed. */
async function deliverTo(paths: readonly string[], options: { readonly endpoint?: string } = {}): Promise<number> {
  const inbox = memoryInbox();
  const runs: string[] = [];
  for (const path of paths) {
    const { handler } = harness(stripe, { inbox, otherwise: ({ id }) => void runs.push(id), ...options });
    const signed = await signWebhook(stripe, { id: "evt_1", type: "a" }, { secret, url: `https://example.com${path}` });
    expect((await handler(signed)).status).toBe(204);
  }
  return runs.length;
}

test("R55: two endpoints that share an inbox both process an event, each of them once", async () => {
  expect(await deliverTo(["/billing", "/search", "/billing", "/search?retry=1"])).toBe(2);
});

test("R55: endpoints with the same name process an event once, whatever their paths", async () => {
  expect(await deliverTo(["/billing", "/moved"], { endpoint: "billing" })).toBe(1);
});

test("a replay to another form of the path is a duplicate, where frameworks route it alike", async () => {
  expect(await deliverTo(["/hooks/a", "/hooks/a/", "//hooks//a", "/Hooks/A", "/%68ooks/a", "/hooks/a?b#c"])).toBe(1);
});

test("an endpoint and an id with colons are not mistaken for others", async () => {
  const inbox = memoryInbox();
  const { handler, processed } = harness(stripe, { inbox });
  for (const [path, id] of [
    ["/a", "b:c"],
    ["/a:b", "c"],
  ] as const) {
    await handler(await signWebhook(stripe, { id, type: "a" }, { secret, url: `https://example.com${path}` }));
  }
  expect(processed).toHaveLength(2);
});
