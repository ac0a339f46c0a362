import { signWebhook } from "@connectry/testing";
import { expect, test } from "vitest";
import { webhooks, webhooksSharedKey } from "./webhooks.js";

const form = { "content-type": "application/x-www-form-urlencoded" };

test("a status callback is routed by its status, and a delivery without one to `unknown`", async () => {
  const handled: unknown[] = [];
  const POST = webhooks.handler({
    secrets: "12345",
    on: {
      delivered: ({ payload }) => {
        // @ts-expect-error a misspelled field
        expect(payload.MesageSid).toBeUndefined();
        expect((payload as Record<string, unknown>).RawDlrDoneDate).toBe("2611280900");
        handled.push(payload.MessageSid);
      },
      unknown: ({ payload, type }) => {
        handled.push([type, payload]);
        return new Response("<Response><Message>Hello</Message></Response>", {
          headers: { "content-type": "text/xml" },
        });
      },
    },
    otherwise: ({ type }) => void handled.push(`otherwise: ${type}`),
  });
  const send = async (body: string) =>
    POST(await signWebhook(webhooks.scheme, body, { secret: "12345", headers: form }));
  expect((await send("MessageSid=SM1&MessageStatus=delivered&RawDlrDoneDate=2611280900")).status).toBe(204);
  const response = await send("MessageSid=SM2&Body=Hi&MediaUrl=a&MediaUrl=b");
  expect(await response.text()).toBe("<Response><Message>Hello</Message></Response>");
  await send("MessageSid=SM3&MessageStatus=failed");
  expect(handled).toEqual([
    "SM1",
    ["unknown", { MessageSid: "SM2", Body: "Hi", MediaUrl: ["a", "b"] }],
    "otherwise: failed",
  ]);
});

test.each([
  ["MessageSid=SM1&SmsStatus=received&Body=Hi&NumMedia=0", ["received"]],
  ["MessageSid=SM1&MessageStatus=sent&SmsStatus=sent", ["sent", "sent"]],
  ["CallSid=CA1&CallStatus=ringing", ["ringing"]],
  ["CallSid=CA1&RecordingSid=RE1&RecordingStatus=completed", ["recording.completed"]],
  ["CallSid=CA1&CallStatus=in-progress&TranscriptionStatus=completed", ["transcription.completed", "in-progress"]],
  ["CallSid=CA1&CallStatus=in-progress&DialCallStatus=busy", ["dial.busy", "in-progress"]],
  ["ConferenceSid=CF1&CallSid=CA1&StatusCallbackEvent=participant-join", ["participant-join"]],
  ["CallSid=CA1&TranscriptionEvent=transcription-content", ["transcription-content"]],
  ["CallSid=CA1&StreamEvent=stream-started", ["stream-started"]],
  ["WorkspaceSid=WS1&EventType=task.created", ["task.created"]],
])("an event has the name that its parameters have: %s", async (body, names) => {
  const request = await signWebhook(webhooks.scheme, body, { secret: "12345", headers: form });
  const { events } = await webhooks.verify(request, { secrets: "12345" });
  expect(events).toMatchObject([{ type: names[0], names }]);
});

test("a webhook that is signed with a shared key is verified with it, and not with the auth token", async () => {
  const request = () => signWebhook(webhooksSharedKey.scheme, "CallStatus=busy", { secret: "shared", headers: form });
  const { events } = await webhooksSharedKey.verify(await request(), { secrets: "shared" });
  expect(events).toMatchObject([{ type: "busy", provider: "twilio" }]);
  const other = webhooks.verify(await request(), { secrets: "shared" });
  await expect(other).rejects.toMatchObject({ reason: "wrong-secret" });
});

test("JSON is accepted where the signed URL contains its hash", async () => {
  const request = await signWebhook(webhooks.scheme, { EventType: "onMessageAdded" }, { secret: "12345" });
  expect(request.url).toContain("bodySHA256=");
  const { events } = await webhooks.verify(request, { secrets: "12345" });
  expect(events).toMatchObject([{ type: "onMessageAdded" }]);
});
