import { expect, expectTypeOf, test } from "vitest";
import { secret } from "../../../test/webhooks/harness.js";
import { createWebhooks, type EventHandlers, type EventOf, signWebhook, stripe, type WebhookEvent } from "../index.js";

interface Paid {
  readonly amount: number;
}
interface Listed {
  readonly "invoice.paid": Paid;
  readonly "invoice.voided": { readonly reason: string };
}
interface Request {
  readonly callbackId?: string;
}
type Open = Listed & { readonly [type: string]: Listed[keyof Listed] | Request };

test("a name that the types do not list is accepted, and the listed ones keep their payloads", async () => {
  const calls: unknown[] = [];
  const POST = createWebhooks<Listed>(stripe).handler({
    secrets: secret,
    on: {
      "invoice.paid": ({ payload, type }) => {
        expectTypeOf(type).toEqualTypeOf<"invoice.paid">();
        expectTypeOf(payload).toEqualTypeOf<Paid>();
        // @ts-expect-error a misspelled field
        calls.push(payload.amuont);
      },
      "moon.visited": ({ payload, type }, { delivery }) => {
        expectTypeOf(payload).toEqualTypeOf<unknown>();
        calls.push([type, delivery?.method]);
      },
    },
  });
  await POST(await signWebhook(stripe, { id: "1", type: "moon.visited" }, { secret }));
  expect(calls).toEqual([["moon.visited", "POST"]]);
});

test("an index signature of the events types the payloads of unlisted names only", () => {
  const on: EventHandlers<Open> = {
    "invoice.voided": ({ payload }) => expectTypeOf(payload).toEqualTypeOf<Listed["invoice.voided"]>(),
    "moon.visited": ({ payload }) => expectTypeOf(payload).toEqualTypeOf<Listed[keyof Listed] | Request>(),
  };
  const untyped: EventHandlers<Readonly<Record<string, unknown>>> = {
    anything: ({ payload }) => expectTypeOf(payload).toEqualTypeOf<unknown>(),
  };
  const annotated: EventHandlers<Listed> = {
    "moon.visited": ({ payload }: WebhookEvent<string, Request>) => payload.callbackId,
  };
  // @ts-expect-error a handler is a function
  const wrong: EventHandlers<Listed> = { "moon.visited": "later" };
  expect([on, untyped, annotated, wrong]).toHaveLength(4);
});

test("the type of an event is a string, and narrows the event", () => {
  const read = (event: EventOf<Listed>): string => {
    if (event.type === "invoice.paid") expectTypeOf(event.payload).toEqualTypeOf<Paid>();
    // @ts-expect-error no event has that name
    if (event.type === "invoice.piad") return "misspelled";
    return event.type;
  };
  const event = { type: "invoice.paid", names: [], id: "1", isIdentified: true, provider: "a", signedAtMs: undefined };
  expect(read({ ...event, type: "invoice.paid", payload: { amount: 1 } })).toBe("invoice.paid");
});
