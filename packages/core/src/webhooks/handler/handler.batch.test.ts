import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { harness, secret } from "../../../test/webhooks/harness.js";
import { hubspot, type Inbox, memoryInbox, signWebhook } from "../index.js";

const event = (eventId: number) => ({
  eventId,
  portalId: 7,
  subscriptionId: 1,
  occurredAt: 1,
  subscriptionType: "contact.creation",
});
const idOf = (payload: unknown) => (payload as { readonly eventId: number }).eventId;

test("all events of a list are claimed before the first is processed, and processed in their order", async () => {
  const order: string[] = [];
  const memory = memoryInbox();
  const inbox: Inbox = {
    ...memory,
    claim: (key, leaseMs) => {
      order.push(key);
      return memory.claim(key, leaseMs);
    },
  };
  const { handler } = harness(hubspot, {
    inbox,
    on: { "contact.creation": ({ payload }) => void order.push(`processed ${idOf(payload)}`) },
  });
  const request = await signWebhook(hubspot, [3, 1, 2].map(event), { secret });
  expect((await handler(request)).status).toBe(204);
  expect(order).toHaveLength(6);
  expect(order.slice(3)).toEqual(["processed 3", "processed 1", "processed 2"]);
});

test("an id that is twice in a list is processed once, and the delivery is accepted", async () => {
  const { handler, processed } = harness(hubspot);
  const request = await signWebhook(hubspot, [1, 2, 1].map(event), { secret });
  expect((await handler(request)).status).toBe(204);
  expect(processed.map(({ payload }) => idOf(payload))).toEqual([1, 2]);
});

test("an event of a list whose claim is lost before its turn is not processed, and the delivery gets a 409", async () => {
  const clock = fakeClock();
  const memory = memoryInbox({ clock });
  const keys: string[] = [];
  const inbox: Inbox = {
    ...memory,
    claim: (key, leaseMs) => {
      keys.push(key);
      return memory.claim(key, leaseMs);
    },
    // Another process has the second event, because this one was suspended for longer than the lease.
    renew: async (key) => key !== keys[1],
  };
  const processed: number[] = [];
  const { handler, errors } = harness(hubspot, {
    inbox,
    clock,
    on: {
      "contact.creation": async ({ payload }) => {
        processed.push(idOf(payload));
        if (processed.length === 1) await clock.advance(30_000);
      },
    },
  });
  const request = await signWebhook(hubspot, [1, 2, 3].map(event), { secret, nowMs: clock.now() });
  const response = await handler(request);
  expect([response.status, await response.json()]).toEqual([409, { error: "in-progress" }]);
  expect(processed).toEqual([1, 3]);
  expect(errors).toEqual([
    new Error(`The claim of ${keys[1]} is lost: another delivery of the event may be processed.`),
  ]);
});

test("an inbox that fails for all events of a list with one error is reported once", async () => {
  const error = new Error("Redis is unavailable.");
  const inbox: Inbox = { ...memoryInbox(), claim: () => Promise.reject(error) };
  const { handler, errors } = harness(hubspot, { inbox });
  const request = await signWebhook(hubspot, [1, 2, 3].map(event), { secret });
  expect((await handler(request)).status).toBe(503);
  expect(errors).toEqual([error]);
});
