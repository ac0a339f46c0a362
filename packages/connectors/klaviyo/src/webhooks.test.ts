import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import type { GetEventResponseCompoundDocument } from "./generated/types.js";
import { webhooks } from "./webhooks.js";

const secret = "secret-key";
const received = (external_id: string) => ({
  external_id,
  topic: "event:klaviyo.received_email",
  payload: { data: { type: "event", id: external_id, attributes: {} }, included: [] },
});
const delivery = { data: [received("1"), received("2")], meta: { klaviyo_webhook_id: "w1" } };

test("a handler gets each event of a delivery, and an event once, in however many deliveries it is", async () => {
  const ids: unknown[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      "event:klaviyo.received_email": ({ payload }) => {
        expectTypeOf(payload.payload).toEqualTypeOf<GetEventResponseCompoundDocument>();
        ids.push(payload.payload.data.id);
      },
    },
  });
  for (const body of [delivery, { ...delivery, data: [received("2"), received("3")] }])
    expect((await POST(await signWebhook(webhooks.scheme, body, { secret }))).status).toBe(204);
  expect(ids).toEqual(["1", "2", "3"]);
});

test("a delivery without a signature is rejected", async () => {
  const POST = webhooks.handler({ secrets: secret, on: {} });
  const request = new Request("https://app.example", { method: "POST", body: JSON.stringify(delivery) });
  expect((await POST(request)).status).toBe(401);
});

// The compiler tests it.
export const unknown = () =>
  webhooks.handler({
    secrets: secret,
    on: {
      // @ts-expect-error a misspelled topic
      "event:klaviyo.recieved_email": ({ payload }) => payload.payload.data.id,
    },
  });
