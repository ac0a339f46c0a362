import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { webhooks, type XeroCreditNotePayload, type XeroPayload } from "./webhooks.js";

const secret = "LR+QgKlbRciIPYpi65tTKLaZ3FzLLofCNEQWrRXqWXJeDFrfexzfVI9SmnVuCWDJ4jnjHB9ECtOyxZSofRxwWw==";
// The examples of xero-webhooks.yaml of XeroAPI/Xero-OpenAPI.
const contact = {
  resourceUrl: "https://api.xero.com/api.xro/2.0/Contacts/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777",
  resourceId: "717f2bfc-c6d4-41fd-b238-3f2f0c0cf777",
  eventDateUtc: "2024-06-21T01:15:39.902",
  eventType: "UPDATE",
  eventCategory: "CONTACT",
  tenantId: "c2cc9b6e-9458-4c7d-93cc-f02b81b0594f",
  tenantType: "ORGANISATION",
};
const creditNote = {
  resourceUrl: "https://api.xero.com/api.xro/2.0/CreditNotes/55d84274-a3da-4829-a7c0-0cab601b95cc",
  resourceId: "55d84274-a3da-4829-a7c0-0cab601b95cc",
  tenantId: "aef86862-2015-4b6b-88bc-d89032cecc50",
  tenantType: "ORGANISATION",
  eventCategory: "CREDITNOTE",
  eventType: "CREATE",
  eventDateUtc: "2025-12-02T00:44:09.923",
  data: { Type: "ACCPAYCREDIT", Status: "DRAFT" },
};

test("each event of a delivery gets to its handler, once, also where the delivery comes again", async () => {
  const seen: unknown[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      "CONTACT.UPDATE": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<XeroPayload>();
        seen.push(payload.tenantId);
      },
      "CREDITNOTE.CREATE": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<XeroCreditNotePayload>();
        seen.push(payload.data.Status);
      },
    },
  });
  const delivery = { events: [contact, creditNote], firstEventSequence: 1, lastEventSequence: 2, entropy: "S0m3r4Nd" };
  for (let count = 0; count < 2; count += 1) {
    const response = await POST(await signWebhook(webhooks.scheme, delivery, { secret }));
    // Xero accepts 200 alone, without a body: xero-webhooks.yaml
    expect([response.status, await response.text()]).toEqual([200, ""]);
  }
  expect(seen).toEqual([contact.tenantId, "DRAFT"]);
});

test("the intent to receive gets a 200 where it is signed, and a 401 where Xero has changed the signature", async () => {
  // https://github.com/XeroAPI/XeroWebhooksReceiver/issues/1
  const POST = webhooks.handler({ secrets: secret, on: {} });
  const body = '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "LUWDSUDGSWNZVALZXBEV"}';
  const statuses = ["B", "/"].map(async (first) => {
    const headers = { "x-xero-signature": `${first}jzNbYUfrzg4g8wxm+dKHaZVrKxr2m75E296fUbD1E4=` };
    return (await POST(new Request("https://app.example/xero", { method: "POST", headers, body }))).status;
  });
  expect(await Promise.all(statuses)).toEqual([200, 401]);
});
