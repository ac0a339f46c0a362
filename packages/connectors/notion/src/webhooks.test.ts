import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { type NotionPayload, webhooks } from "./webhooks.js";

const secret = "secret_abc123_verification_token";
const event = { id: "evt_1", type: "page.created", attempt_number: 1, entity: { id: "p_1", type: "page" } };

test("a handler of a new page gets its payload, once for each event, however often it is delivered", async () => {
  const created: string[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      "page.created": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<NotionPayload>();
        created.push(payload.entity.id);
      },
    },
  });
  for (const attempt_number of [1, 2]) {
    const request = await signWebhook(webhooks.scheme, { ...event, attempt_number }, { secret });
    expect((await POST(request)).status).toBe(204);
  }
  expect(created).toEqual(["p_1"]);
});

test("the first request has the verification token, which is given to onSecret", async () => {
  const tokens: string[] = [];
  const POST = webhooks.handler({ secrets: [], onSecret: (token) => void tokens.push(token), on: {} });
  const body = JSON.stringify({ verification_token: secret });
  const { status } = await POST(new Request("https://app.example/notion", { method: "POST", body }));
  expect([status < 300, tokens]).toEqual([true, [secret]]);
});
