import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { type IntercomContactTag, type IntercomItem, webhooks } from "./webhooks.js";

const secret = "client-secret";
// The object of the page: https://developers.intercom.com/docs/references/2.16/webhooks/webhook-models
const notification = {
  type: "notification_event",
  topic: "company.created",
  id: "notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3",
  app_id: "a86dr8yl",
  created_at: 1392731331,
  delivery_attempts: 1,
  first_sent_at: 1392731392,
  data: { item: { type: "company", id: "531ee472cce572a6ec000006", name: "Example Company Inc." } },
};

test("a handler of a new company gets its item, once for each notification, however often it is delivered", async () => {
  const created: unknown[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      "company.created": ({ payload }) => {
        expectTypeOf(payload.data.item).toEqualTypeOf<IntercomItem>();
        created.push(payload.data.item.name);
      },
    },
  });
  for (const delivery_attempts of [1, 2]) {
    const request = await signWebhook(webhooks.scheme, { ...notification, delivery_attempts }, { secret });
    expect((await POST(request)).status).toBe(204);
  }
  expect(created).toEqual(["Example Company Inc."]);
});

test("tags of contacts and what became of messages have types of their own", () => {
  webhooks.handler({
    secrets: secret,
    on: {
      "contact.user.tag.created": ({ payload }) => expectTypeOf(payload.data.item).toEqualTypeOf<IntercomContactTag>(),
      "content_stat.email": ({ payload }) => expectTypeOf(payload.data.item.content_stat.stat_type).toBeString(),
      // @ts-expect-error a misspelled field
      "ticket.resolved": ({ payload }) => payload.data.items,
    },
  });
});

test("the HEAD that validates the URL is responded to, and a POST without a signature is rejected", async () => {
  const POST = webhooks.handler({ secrets: secret, on: {} });
  expect((await POST(new Request("https://app.example", { method: "HEAD" }))).status).toBe(200);
  const body = JSON.stringify(notification);
  expect((await POST(new Request("https://app.example", { method: "POST", body }))).status).toBe(401);
});
