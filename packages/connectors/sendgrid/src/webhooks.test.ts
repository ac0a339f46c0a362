import { expect, expectTypeOf, test } from "vitest";
import { type SendgridPayload, webhooks } from "./webhooks.js";

// sendgrid/sendgrid-nodejs packages/eventwebhook/src/eventwebhook.spec.js
const secret =
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQ4LIFtWztlsF7skFqOncjD1lun4H5w8XOhyOArHW9RcIx/FfEzx6cikC/yPfUvwaX/JScE7Fc9CJD2afQ9Ok3Q==";
const signature = "MEYCIQC/I4o6vCgqRYrTljjoVWB/GRWNtxeePlLMHr3x9ETeRQIhAIpV+03nREPTTHWSW0wIOA0EoMPdcNgXa70yCaqDJlu5";
const processed = {
  email: "invalid@gmail.com",
  event: "processed",
  send_at: 0,
  sg_event_id: "cHJvY2Vzc2VkLTE5OTQyMTEyLXFOd0JMZ1BRUWpXNkRKdktRd1NBYnctMA",
  sg_message_id: "qNwBLgPQQjW6DJvKQwSAbw.filterdrecv-canary-547b64655b-cw6zx-1-6089EA4A-56.0",
  "smtp-id": "<qNwBLgPQQjW6DJvKQwSAbw@ismtpd0178p1mdw1.sendgrid.net>",
  timestamp: 1619651146,
};
const bounce = {
  email: "invalid@gmail.com",
  event: "bounce",
  ip: "167.89.101.76",
  reason:
    "552 5.2.2 The email account that you tried to reach is over quota and inactive. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaPerm c17si1130468pgv.34 - gsmtp",
  sg_event_id: "Ym91bmNlLTAtMTk5NDIxMTItcU53QkxnUFFRalc2REp2S1F3U0Fidy0w",
  sg_message_id: "qNwBLgPQQjW6DJvKQwSAbw.filterdrecv-canary-547b64655b-cw6zx-1-6089EA4A-56.0",
  "smtp-id": "<qNwBLgPQQjW6DJvKQwSAbw@ismtpd0178p1mdw1.sendgrid.net>",
  status: "5.2.2",
  timestamp: 1619651147,
  tls: 1,
  type: "blocked",
};
const signed = `${JSON.stringify([processed, bounce]).split("},{").join("},\r\n{")}\r\n`;
const deliver = (body: string) =>
  new Request("https://app.example", {
    method: "POST",
    headers: {
      "x-twilio-email-event-webhook-signature": signature,
      "x-twilio-email-event-webhook-timestamp": "1619651159",
    },
    body,
  });

test("a delivery of two events calls the handler of each, with the line breaks that are signed", async () => {
  const handled: unknown[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      processed: ({ payload, id }) => void handled.push([payload.event, payload.type, id]),
      bounce: ({ payload, id }) => {
        expectTypeOf(payload).toEqualTypeOf<SendgridPayload>();
        handled.push([payload.event, payload.type, id]);
      },
    },
  });
  expect((await POST(deliver(signed))).status).toBe(204);
  expect(handled).toEqual([
    ["processed", undefined, processed.sg_event_id],
    ["bounce", "blocked", bounce.sg_event_id],
  ]);
});

test("a delivery whose line breaks were removed is rejected", async () => {
  const POST = webhooks.handler({ secrets: secret, on: {} });
  expect((await POST(deliver(signed.trimEnd()))).status).toBe(401);
});
