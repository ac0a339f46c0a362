import { fakeClock } from "@connectry/testing";
import { expect, test, vi } from "vitest";
import { signers } from "../../test/webhooks/signed.js";
import type { Inbox, WebhookEvent } from "./index.js";
import {
  asana,
  createWebhookHandler,
  discord,
  discordEvents,
  github,
  hubspot,
  memoryInbox,
  signWebhook,
  slack,
  stripe,
  type WebhookHandlerOptions,
  type WebhookScheme,
} from "./index.js";

type Options = WebhookHandlerOptions<Record<string, unknown>>;

const secret = "whsec_test";
const paid = { id: "evt_1", type: "invoice.paid", data: { object: { id: "in_1" } } };

/** A handler, what it worked on, and what it reported. */
function harness(scheme: WebhookScheme, options: Partial<Options> = {}) {
  const worked: WebhookEvent[] = [];
  const errors: unknown[] = [];
  const handler = createWebhookHandler(scheme, {
    secrets: secret,
    onError: (error) => void errors.push(error),
    ...(options.queue || options.on ? {} : { otherwise: (event) => void worked.push(event) }),
    ...options,
  });
  return { handler, worked, errors };
}

test("an event reaches the handler of its name, and is acknowledged when that is done", async () => {
  let finish = () => {};
  const busy = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const seen: unknown[] = [];
  const { handler } = harness(stripe, {
    on: {
      "invoice.paid": async (event, { delivery }) => {
        await busy;
        seen.push(event, delivery?.header("stripe-signature")?.slice(0, 2));
      },
    },
  });
  let answered: Response | undefined;
  const answering = handler(await signWebhook(stripe, secret, paid)).then((response) => {
    answered = response;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).toBeUndefined();
  finish();
  await answering;
  expect(answered?.status).toBe(204);
  expect(seen).toEqual([
    expect.objectContaining({ type: "invoice.paid", id: "evt_1", payload: paid, provider: "stripe" }),
    "t=",
  ]);
});

test("the most exact name of an event counts, then the wider one, then what takes all others", async () => {
  const taken: string[] = [];
  const take = (name: string) => (event: WebhookEvent) => void taken.push(`${name} took ${event.type}`);
  const { handler } = harness(github, {
    on: { "pull_request.opened": take("exact"), pull_request: take("wide") },
    otherwise: take("otherwise"),
  });
  const send = async (event: string, id: string, body: object) =>
    handler(await signWebhook(github, secret, body, { headers: { "x-github-event": event, "x-github-delivery": id } }));
  await send("pull_request", "1", { action: "opened" });
  await send("pull_request", "2", { action: "closed" });
  await send("push", "3", {});
  await send("constructor", "4", {});
  expect(taken).toEqual([
    "exact took pull_request.opened",
    "wide took pull_request",
    "otherwise took push",
    "otherwise took constructor",
  ]);
});

test("an event that nothing takes is acknowledged", async () => {
  const { handler } = harness(stripe, { on: {} });
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
});

test("an event is worked on once, however often it is delivered", async () => {
  const { handler, worked } = harness(stripe);
  for (let delivery = 0; delivery < 3; delivery += 1) {
    expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  }
  expect(worked).toHaveLength(1);
});

test("where the handler throws the provider is told, and its next delivery is worked on", async () => {
  const failure = new Error("the database is away");
  const on = vi.fn().mockRejectedValueOnce(failure).mockResolvedValue(undefined);
  const { handler, errors } = harness(stripe, { on: { "invoice.paid": on } });
  const response = await handler(await signWebhook(stripe, secret, paid));
  expect(response.status).toBe(500);
  // The provider's log is no place for what went wrong with us.
  expect(await response.text()).toBe('{"error":"handler-failed"}');
  expect(errors).toEqual([failure]);
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  expect(on).toHaveBeenCalledTimes(2);
});

test("while an event is worked on, its next delivery is told to come again", async () => {
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { handler } = harness(stripe, { on: { "invoice.paid": () => work } });
  const first = handler(await signWebhook(stripe, secret, paid));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = await handler(await signWebhook(stripe, secret, paid));
  expect([second.status, second.headers.get("retry-after")]).toEqual([409, "60"]);
  finish();
  expect((await first).status).toBe(204);
});

test("R39: a claim is kept for as long as the work lasts, and lost with its process", async () => {
  const clock = fakeClock(1_700_000_000_000);
  const inbox = memoryInbox({ clock });
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const living = harness(stripe, { inbox, clock, leaseMs: 30_000, on: { "invoice.paid": () => work } });
  const sign = () => signWebhook(stripe, secret, paid, { nowMs: clock.now() });
  const first = living.handler(await sign());
  await new Promise((resolve) => setTimeout(resolve, 20));
  await clock.advance(100_000);
  expect(await inbox.claim("stripe:evt_1", 1)).toMatchObject({ kind: "busy" });
  finish();
  expect((await first).status).toBe(204);
  expect(await inbox.claim("stripe:evt_1", 1)).toEqual({ kind: "done" });

  // A claim that nobody keeps is what a process leaves behind that has died.
  const crashed = await inbox.claim("stripe:evt_2", 30_000);
  expect(crashed.kind).toBe("claimed");
  const other = harness(stripe, { inbox, clock });
  const send = async () =>
    other.handler(await signWebhook(stripe, secret, { ...paid, id: "evt_2" }, { nowMs: clock.now() }));
  expect((await send()).status).toBe(409);
  await clock.advance(30_000);
  expect((await send()).status).toBe(204);
  expect(other.worked).toHaveLength(1);
});

test.each([
  ["refuse", 503, 0],
  ["process", 204, 1],
] as const)(
  "R39: with an inbox that fails, `%s` answers %i and works %i times",
  async (whenInboxFails, status, count) => {
    const fail = () => Promise.reject(new Error("Redis is away."));
    const inbox: Inbox = { claim: fail, renew: fail, complete: fail, release: fail };
    const { handler, worked, errors } = harness(stripe, { inbox, whenInboxFails });
    const response = await handler(await signWebhook(stripe, secret, paid));
    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe(status === 503 ? "10" : null);
    expect(worked).toHaveLength(count);
    expect(errors).toEqual([new Error("Redis is away.")]);
  },
);

test("R39: work that is done stays done, even if the inbox cannot be told", async () => {
  const held = memoryInbox();
  const inbox: Inbox = { ...held, complete: () => Promise.reject(new Error("Redis is away.")) };
  const { handler, worked, errors } = harness(stripe, { inbox });
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  expect(worked).toHaveLength(1);
  expect(errors).toEqual([new Error("Redis is away.")]);
});

test("in a list each event is worked on once, and those that failed are delivered again with the others", async () => {
  const event = (eventId: number) => ({
    eventId,
    portalId: 7,
    subscriptionId: 1,
    occurredAt: 1,
    subscriptionType: "contact.creation",
  });
  let isBroken = true;
  const worked: unknown[] = [];
  const { handler } = harness(hubspot, {
    on: {
      "contact.creation": ({ payload }) => {
        const { eventId } = payload as { eventId: number };
        if (isBroken && eventId === 2) throw new Error("no");
        worked.push(eventId);
      },
    },
  });
  const send = async (attemptNumber: number) =>
    handler(
      await signWebhook(
        hubspot,
        secret,
        [1, 2, 3].map((id) => ({ ...event(id), attemptNumber })),
      ),
    );
  expect((await send(0)).status).toBe(500);
  isBroken = false;
  expect((await send(1)).status).toBe(204);
  expect(worked).toEqual([1, 3, 2]);
});

test("what a handler answers is what the provider gets", async () => {
  const twiml = () => new Response("<Response/>", { headers: { "content-type": "text/xml" } });
  const { handler } = harness(stripe, { otherwise: twiml });
  const response = await handler(await signWebhook(stripe, secret, paid));
  expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([
    200,
    "<Response/>",
    "text/xml",
  ]);
});

test("with a queue the provider is answered once the queue has the event", async () => {
  const add = vi.fn().mockRejectedValueOnce(new Error("Redis is away.")).mockResolvedValue(undefined);
  const { handler } = harness(stripe, { queue: { add } });
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(500);
  expect((await handler(await signWebhook(stripe, secret, paid))).status).toBe(204);
  expect(add).toHaveBeenLastCalledWith(expect.objectContaining({ id: "evt_1", type: "invoice.paid" }));
});

test("a handler that nothing takes events for is a mistake of configuration, and so is one with a queue as well", () => {
  expect(() => createWebhookHandler(stripe, { secrets: secret })).toThrow(/there is no handler/);
  const queue = { add: async () => {} };
  expect(() => createWebhookHandler(stripe, { secrets: secret, queue, on: {} })).toThrow(/both given/);
});

test("Slack's url_verification is answered with its challenge, and only where it is signed", async () => {
  const { handler, worked } = harness(slack);
  const body = { type: "url_verification", challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" };
  const response = await handler(await signWebhook(slack, secret, body));
  expect([response.status, await response.json()]).toEqual([200, { challenge: body.challenge }]);
  expect((await handler(await signWebhook(slack, "another", body))).status).toBe(401);
  expect(worked).toEqual([]);
});

test("Discord's PING is answered, and its probes with wrong signatures get 401", async () => {
  const all = await signers();
  const { signing, verifying } = all.find(({ scheme }) => scheme === discord)!;
  const { handler, worked } = harness(discord, { secrets: verifying });
  const pong = await handler(await signWebhook(discord, signing, { type: 1, id: "1", token: "t" }));
  expect([pong.status, await pong.json()]).toEqual([200, { type: 1 }]);
  const probe = await signWebhook(discord, signing, { type: 1 });
  probe.headers.set("x-signature-ed25519", "0".repeat(128));
  expect((await handler(probe)).status).toBe(401);
  expect(worked).toEqual([]);

  const events = harness(discordEvents, { secrets: verifying });
  expect((await events.handler(await signWebhook(discordEvents, signing, { type: 0 }))).status).toBe(204);
  expect(events.worked).toEqual([]);
  await events.handler(await signWebhook(discordEvents, signing, { type: 1, event: { type: "ENTITLEMENT_CREATE" } }));
  expect(events.worked).toMatchObject([{ type: "ENTITLEMENT_CREATE" }]);
});

test("Asana's secret is kept and sent back; without `onSecret`, or where that throws, it is not", async () => {
  const kept: string[] = [];
  const request = () =>
    new Request("https://example.com/asana", { method: "POST", headers: { "x-hook-secret": "s3cret" }, body: "{}" });
  const { handler } = harness(asana, { secrets: () => kept, onSecret: (offered) => void kept.push(offered) });
  const response = await handler(request());
  expect([response.status, response.headers.get("x-hook-secret"), kept]).toEqual([200, "s3cret", ["s3cret"]]);
  // From then on it signs; an empty list is a heartbeat.
  expect((await handler(await signWebhook(asana, "s3cret", { events: [] }))).status).toBe(204);

  expect((await harness(asana).handler(request())).status).toBe(401);
  const refusing = harness(asana, {
    onSecret: () => {
      throw new Error("none is expected");
    },
  });
  const refused = await refusing.handler(request());
  expect([refused.status, refused.headers.get("x-hook-secret")]).toEqual([500, null]);
});

test.each([
  ["header-missing", 401, (request: Request) => new Request(request, { headers: {} })],
  ["malformed", 400, (request: Request) => new Request(request, { headers: { "stripe-signature": "t=1" } })],
  [
    "wrong-secret",
    401,
    (request: Request) => new Request(request.url, { method: "POST", headers: request.headers, body: "{}" }),
  ],
  [
    "body-parsed",
    500,
    (request: Request) => {
      void request.text();
      return request;
    },
  ],
] as const)(
  "what is refused for %s is answered %i, with the reason and nothing else",
  async (reason, status, change) => {
    const { handler, errors, worked } = harness(stripe);
    const response = await handler(change(await signWebhook(stripe, secret, paid)));
    expect([response.status, await response.json()]).toEqual([status, { error: reason }]);
    expect(errors).toMatchObject([{ name: "WebhookVerificationError", reason, scheme: "stripe" }]);
    expect(worked).toEqual([]);
  },
);

test("a body that is signed and is not JSON is refused, without being repeated", async () => {
  const { handler, errors } = harness(stripe);
  const response = await handler(await signWebhook(stripe, secret, "{secret words"));
  expect([response.status, await response.json()]).toEqual([400, { error: "malformed" }]);
  expect(String(errors[0])).not.toContain("words");
});

test("R38: a body beyond the cap is answered 413 before any hash is computed, told or not told its length", async () => {
  const hmac = vi.fn(() => "");
  const digests = { hmac, hash: hmac };
  const pulled: number[] = [];
  const { handler } = harness(stripe, { digests });
  const headers = (await signWebhook(stripe, secret, "{}")).headers;
  headers.delete("content-type");
  const told = new Request("https://example.com", {
    method: "POST",
    headers: { ...Object.fromEntries(headers), "content-length": String(1_048_577) },
    body: "{}",
  });
  expect((await handler(told)).status).toBe(413);

  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled.push(65_536);
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const untold = new Request("https://example.com", {
    method: "POST",
    headers,
    body: endless,
    duplex: "half",
  } as RequestInit);
  expect((await handler(untold)).status).toBe(413);
  // It was read to the cap and a little further, and not to its end.
  expect(pulled.length).toBeLessThanOrEqual(20);
  expect(hmac).not.toHaveBeenCalled();

  const largest = await signWebhook(stripe, secret, {
    ...paid,
    pad: "x".repeat(1_048_576 - JSON.stringify({ ...paid, pad: "" }).length),
  });
  expect((await harness(stripe).handler(largest)).status).toBe(204);
});
