import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { deferred } from "../../../test/deferred.js";
import { harness, paid, secret } from "../../../test/webhooks/harness.js";
import { type Inbox, type InboxClaim, memoryInbox, signWebhook, stripe, type WebhookHandlerOptions } from "../index.js";

const leaseMs = 60_000;

/** A handler with an inbox whose methods fail while they are in `broken`, and what it called. */
function setUp(options: Partial<WebhookHandlerOptions<Record<string, unknown>>> = {}) {
  const clock = fakeClock(1_700_000_000_000);
  const memory = memoryInbox({ clock });
  const broken = new Set<"renew" | "complete" | "release">();
  const calls: string[] = [];
  const unlessBroken =
    <Args extends unknown[], Result>(
      name: "renew" | "complete" | "release",
      call: (...args: Args) => Promise<Result>,
    ) =>
    async (...args: Args) => {
      calls.push(name);
      if (broken.has(name)) throw new Error(`${name}: Redis is unavailable.`);
      return call(...args);
    };
  const inbox: Inbox = {
    ...memory,
    renew: unlessBroken("renew", memory.renew),
    complete: unlessBroken("complete", memory.complete),
    release: unlessBroken("release", memory.release),
  };
  const made = harness(stripe, { inbox, clock, leaseMs, ...options });
  const send = async () => made.handler(await signWebhook(stripe, paid, { secret, nowMs: clock.now() }));
  const claim = async (): Promise<InboxClaim> => memory.claim("stripe:/webhooks:evt_1", 1);
  return { ...made, clock, memory, broken, calls, send, claim };
}

/** The options of a handler that ends when `work.go` is called, and the signal that it received. */
function slowHandler() {
  const work = deferred();
  const started = deferred();
  let signal: AbortSignal | undefined;
  const options = {
    on: {
      "invoice.paid": (_: unknown, context: { readonly signal: AbortSignal }) => {
        signal = context.signal;
        started.go();
        return work.opened;
      },
    },
  };
  return { options, finish: work.go, started: started.opened, signal: () => signal };
}

test("R39: an event whose completion fails gets a 204 at once, and is completed as soon as the inbox is back", async () => {
  const { send, broken, clock, claim, calls, errors, processed } = setUp();
  broken.add("complete");
  expect((await send()).status).toBe(204);
  expect(calls).toEqual(["complete"]);
  await clock.advance(leaseMs / 2);
  expect(await claim()).toMatchObject({ kind: "busy" });
  broken.clear();
  await clock.advance(leaseMs / 4);
  expect(await claim()).toEqual({ kind: "done" });
  expect(processed).toHaveLength(1);
  expect(errors[0]).toEqual(new Error("complete: Redis is unavailable."));
  expect(clock.pendingTimers).toBe(0);
});

test("R39: the completion is not tried beyond the lease, when the event may be another caller's", async () => {
  const { send, broken, clock, calls, errors } = setUp();
  broken.add("complete");
  await send();
  await clock.advance(leaseMs);
  const count = calls.length;
  expect(count).toBeGreaterThan(5);
  expect(errors).toHaveLength(count);
  expect(clock.pendingTimers).toBe(0);
});

test("a claim whose release fails is released as soon as the inbox is back, so that the next delivery is processed", async () => {
  let runs = 0;
  const { send, broken, clock } = setUp({
    on: {
      "invoice.paid": () => {
        runs += 1;
        if (runs === 1) throw new Error("no");
      },
    },
  });
  broken.add("release");
  expect((await send()).status).toBe(500);
  expect((await send()).status).toBe(409);
  broken.clear();
  await clock.advance(leaseMs / 4);
  expect((await send()).status).toBe(204);
  expect(runs).toBe(2);
});

test("R39: a claim survives renewals that fail for most of a lease, and its signal is not aborted", async () => {
  const { options, finish, started, signal } = slowHandler();
  const { send, broken, clock, claim, calls, errors } = setUp(options);
  const response = send();
  await started;
  for (let lease = 0; lease < 3; lease += 1) {
    broken.add("renew");
    await clock.advance(leaseMs * 0.7);
    broken.clear();
    await clock.advance(leaseMs * 0.3);
  }
  expect(errors).not.toHaveLength(0);
  expect(calls.length).toBeGreaterThan(errors.length);
  expect(await claim()).toMatchObject({ kind: "busy" });
  expect(signal()?.aborted).toBe(false);
  finish();
  expect((await response).status).toBe(204);
  expect(await claim()).toEqual({ kind: "done" });
});

test("R39: when renewals fail for a whole lease, the signal is aborted before another caller can claim the event", async () => {
  const { options, finish, started, signal } = slowHandler();
  const { send, broken, clock, claim, errors } = setUp(options);
  const response = send();
  await started;
  broken.add("renew");
  let isBusy = true;
  while (!signal()?.aborted && isBusy) {
    isBusy = (await claim()).kind === "busy";
    await clock.advance(1_000);
  }
  expect(isBusy).toBe(true);
  expect(signal()?.reason).toEqual(
    new Error("The claim of stripe:/webhooks:evt_1 is lost: another delivery of the event may be processed."),
  );
  expect(errors.at(-1)).toBe(signal()?.reason);
  finish();
  expect((await response).status).toBe(204);
  expect(clock.pendingTimers).toBe(0);
});

test("R39: the signal is aborted when the inbox says that the claim is lost", async () => {
  const { options, finish, started, signal } = slowHandler();
  const { send, memory, clock } = setUp(options);
  const response = send();
  await started;
  await memory.forget("stripe:/webhooks:evt_1");
  expect(signal()?.aborted).toBe(false);
  await clock.advance(leaseMs / 3);
  expect(signal()?.aborted).toBe(true);
  finish();
  await response;
});

test("R39: a handler that takes longer than ten leases loses its claim", async () => {
  const { options, finish, started, signal } = slowHandler();
  const { send, clock, claim } = setUp(options);
  const response = send();
  await started;
  await clock.advance(leaseMs * 10);
  expect(signal()?.aborted).toBe(false);
  expect(await claim()).toMatchObject({ kind: "busy" });
  await clock.advance(leaseMs);
  expect(signal()?.aborted).toBe(true);
  expect(await claim()).toMatchObject({ kind: "claimed" });
  finish();
  await response;
});

test("a handler gets its claim, and none without an inbox; its signal stays silent when it has ended", async () => {
  const contexts: unknown[] = [];
  const note = (_: unknown, { claim, signal }: { readonly claim: unknown; readonly signal: AbortSignal }) =>
    void contexts.push([claim, signal.aborted, signal]);
  const claimed = setUp({ otherwise: note });
  await claimed.send();
  const free = setUp({ otherwise: note, inbox: false });
  await free.send();
  await claimed.clock.advance(leaseMs);
  expect(contexts).toEqual([
    [{ key: "stripe:/webhooks:evt_1", token: expect.any(String) }, false, expect.objectContaining({ aborted: false })],
    [undefined, false, expect.objectContaining({ aborted: false })],
  ]);
});
