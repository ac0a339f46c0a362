import { signWebhook } from "@connectry/testing";
import { expect, test } from "vitest";
import { webhooks } from "./webhooks.js";

const form = { "content-type": "application/x-www-form-urlencoded" };

test("a status callback goes by its status, and what has none to the one that takes all others", async () => {
  const taken: unknown[] = [];
  const POST = webhooks.handler({
    secrets: "12345",
    on: { delivered: ({ payload }) => void taken.push(payload.MessageSid) },
    otherwise: ({ payload }) => {
      taken.push(payload);
      return new Response("<Response><Message>Hello</Message></Response>", { headers: { "content-type": "text/xml" } });
    },
  });
  const send = async (body: string) => POST(await signWebhook(webhooks.scheme, "12345", body, { headers: form }));
  expect((await send("MessageSid=SM1&MessageStatus=delivered")).status).toBe(204);
  const answer = await send("MessageSid=SM2&Body=Hi&MediaUrl=a&MediaUrl=b");
  expect(await answer.text()).toBe("<Response><Message>Hello</Message></Response>");
  expect(taken).toEqual(["SM1", { MessageSid: "SM2", Body: "Hi", MediaUrl: ["a", "b"] }]);
});

test("JSON is taken where its hash stands in the signed address", async () => {
  const request = await signWebhook(webhooks.scheme, "12345", { EventType: "onMessageAdded" });
  expect(request.url).toContain("bodySHA256=");
  const { events } = await webhooks.verify(request, { secrets: "12345" });
  expect(events).toMatchObject([{ type: "onMessageAdded" }]);
});
