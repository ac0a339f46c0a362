import { signWebhook } from "@connectry/testing";
import { expect, test } from "vitest";
import { webhooks } from "./webhooks.js";

const form = { "content-type": "application/x-www-form-urlencoded" };

test("a status callback is routed by its status, and a delivery without a status to otherwise", async () => {
  const handled: unknown[] = [];
  const POST = webhooks.handler({
    secrets: "12345",
    on: { delivered: ({ payload }) => void handled.push(payload.MessageSid) },
    otherwise: ({ payload }) => {
      handled.push(payload);
      return new Response("<Response><Message>Hello</Message></Response>", { headers: { "content-type": "text/xml" } });
    },
  });
  const send = async (body: string) =>
    POST(await signWebhook(webhooks.scheme, body, { secret: "12345", headers: form }));
  expect((await send("MessageSid=SM1&MessageStatus=delivered")).status).toBe(204);
  const response = await send("MessageSid=SM2&Body=Hi&MediaUrl=a&MediaUrl=b");
  expect(await response.text()).toBe("<Response><Message>Hello</Message></Response>");
  expect(handled).toEqual(["SM1", { MessageSid: "SM2", Body: "Hi", MediaUrl: ["a", "b"] }]);
});

test("JSON is accepted where the signed URL contains its hash", async () => {
  const request = await signWebhook(webhooks.scheme, { EventType: "onMessageAdded" }, { secret: "12345" });
  expect(request.url).toContain("bodySHA256=");
  const { events } = await webhooks.verify(request, { secrets: "12345" });
  expect(events).toMatchObject([{ type: "onMessageAdded" }]);
});
