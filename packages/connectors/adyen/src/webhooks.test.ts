import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { type AdyenPayload, webhooks } from "./webhooks.js";

// Adyen/adyen-node-api-library src/__tests__/hmacValidator.spec.ts
const secret = "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00";
const report = {
  pspReference: "pspReference",
  originalReference: "originalReference",
  merchantAccountCode: "merchantAccount",
  merchantReference: "reference",
  amount: { currency: "EUR", value: 1000 },
  eventCode: "REPORT_AVAILABLE",
  eventDate: "2019-09-21T11:45:24.637Z",
  paymentMethod: "VISA",
  reason: "reason",
  success: "true",
  additionalData: { hmacSignature: "ZNBPtI+oDyyRrLyD1XirkKnQgIAlFc07Vj27TeHsDRE=" },
};
// .../src/__mocks__/notification/captureFalse.json
const capture = {
  ...report,
  pspReference: "PSP_REFERENCE",
  originalReference: "ORIGINAL_PSP",
  eventCode: "CAPTURE",
  reason: "Insufficient balance on payment",
  success: "false",
};
const bodyOf = (...items: readonly object[]) => ({
  live: "false",
  notificationItems: items.map((item) => ({ NotificationRequestItem: item })),
});
const deliver = (item: object) =>
  new Request("https://app.example", { method: "POST", body: JSON.stringify(bodyOf(item)) });
const onReport = () => {
  const handled: AdyenPayload[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      REPORT_AVAILABLE: ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<AdyenPayload>();
        handled.push(payload);
      },
    },
  });
  return { handled, POST };
};

test("an event with the signature of Adyen's own test is handled, once however often it is delivered", async () => {
  const { handled, POST } = onReport();
  expect([(await POST(deliver(report))).status, (await POST(deliver(report))).status]).toEqual([204, 204]);
  expect(handled).toEqual([report]);
});

test.each([
  ["the amount", { amount: { currency: "EUR", value: 1 } }],
  ["the outcome", { success: "false" }],
  ["the payment", { originalReference: "another" }],
  ["the signature", { additionalData: { hmacSignature: "notValidSign" } }],
  ["no signature", { additionalData: {} }],
])("a delivery with another value is rejected: %s", async (_, change) => {
  const { handled, POST } = onReport();
  expect((await POST(deliver({ ...report, ...change }))).status).toBe(401);
  expect(handled).toEqual([]);
});

test("what is not signed may differ, so that no handler may act on it", async () => {
  const { handled, POST } = onReport();
  expect((await POST(deliver({ ...report, reason: "https://attacker.example" }))).status).toBe(204);
  expect(handled).toHaveLength(1);
});

test("two events of one delivery are handled each, and a failed capture is one whose success is a text", async () => {
  const failed: string[] = [];
  const others: string[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      CAPTURE: ({ payload }) => void (payload.success === "false" && failed.push(payload.originalReference ?? "")),
    },
    otherwise: ({ type }) => void others.push(type),
  });
  const signed = await signWebhook(webhooks.scheme, bodyOf(capture, report), { secret });
  expect([(await POST(signed)).status, failed, others]).toEqual([204, ["ORIGINAL_PSP"], ["REPORT_AVAILABLE"]]);
});
