import { readFile } from "node:fs/promises";
import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import type { components } from "./generated/schemas/stripe.js";
import { webhooks } from "./webhooks.js";

const paid = { id: "evt_1", object: "event", type: "payment_intent.succeeded", data: { object: { amount: 1_000 } } };

test("a handler of a payment event gets a typed payment intent", async () => {
  const amounts: number[] = [];
  const POST = webhooks.handler({
    secrets: [undefined, "whsec_test"],
    on: {
      "payment_intent.succeeded": ({ payload }) => {
        expectTypeOf(payload.data.object).toEqualTypeOf<components["schemas"]["payment_intent"]>();
        // @ts-expect-error a misspelled field
        expect(payload.data.object.amuont).toBeUndefined();
        expectTypeOf(payload.livemode).toEqualTypeOf<boolean>();
        amounts.push(payload.data.object.amount);
      },
    },
  });
  const response = await POST(await signWebhook(webhooks.scheme, paid, { secret: "whsec_test" }));
  expect([response.status, amounts]).toEqual([204, [1_000]]);
});

test("a verified event is narrowed by its type, and an unknown type is a case of its own", async () => {
  const request = await signWebhook(webhooks.scheme, paid, { secret: "whsec_test" });
  const { events } = await webhooks.verify(request, { secrets: "whsec_test" });
  const [event] = events;
  if (event === undefined) throw new Error("no event");
  if (event.type === "payment_intent.succeeded") expectTypeOf(event.payload.data.object.amount).toEqualTypeOf<number>();
  else if (event.type === "customer.source.created") {
    expectTypeOf(event.payload.data.object).toExtend<components["schemas"]["payment_source"]>();
  }
  // @ts-expect-error no event has that name
  else if (event.type === "payment_intent.suceeded") throw new Error("misspelled");
  else expectTypeOf(event.type).toExtend<string>();
  const name: string = event.type;
  expect(name).toBe("payment_intent.succeeded");
});

test("an event that is newer than the document has a handler, and its payload is unknown", async () => {
  const visits: unknown[] = [];
  const POST = webhooks.handler({
    secrets: "whsec_test",
    on: {
      "moon.visited": ({ type, payload }) => {
        expectTypeOf(type).toEqualTypeOf<string>();
        expectTypeOf(payload).toEqualTypeOf<unknown>();
        visits.push(type);
      },
      // The handlers of the document's events keep their types next to it.
      "payment_intent.succeeded": ({ payload }) => void visits.push(payload.data.object.amount.toFixed()),
    },
  });
  const tomorrow = () => signWebhook(webhooks.scheme, { id: "evt_2", type: "moon.visited" }, { secret: "whsec_test" });
  expect((await POST(await tomorrow())).status).toBe(204);
  expect(visits).toEqual(["moon.visited"]);
  const { events } = await webhooks.verify(await tomorrow(), { secrets: "whsec_test" });
  expect(events).toMatchObject([{ type: "moon.visited" }]);
});

test("every event to which an endpoint can subscribe is typed", async () => {
  const generated = await readFile(new URL("./generated/webhooks.ts", import.meta.url), "utf8");
  expect(generated.match(/^ {2}"[a-z_.]+": (Event|Envelope)\b/gm)).toHaveLength(229);
  // All of them have a typed object, except a summary that the document does not describe.
  expect(generated.match(/^ {2}"[a-z_.]+": Event</gm)).toHaveLength(228);
});
