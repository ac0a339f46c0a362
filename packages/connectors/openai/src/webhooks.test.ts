import { readFile } from "node:fs/promises";
import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import type { WebhookResponseCompleted } from "./generated/types.js";
import { webhooks } from "./webhooks.js";

const completed = {
  id: "evt_1",
  object: "event",
  created_at: 1_750_861_210,
  type: "response.completed",
  data: { id: "resp_123" },
};

test("a handler of a completed response gets its id, and the type of the payload is the document's", async () => {
  const ids: string[] = [];
  const POST = webhooks.handler({
    secrets: "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c=",
    on: {
      "response.completed": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<WebhookResponseCompleted>();
        ids.push(payload.data.id);
      },
    },
  });
  const secret = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c=";
  const { status } = await POST(await signWebhook(webhooks.scheme, completed, { secret }));
  expect([status, ids]).toEqual([204, ["resp_123"]]);
});

test("all 16 events of the document are typed, by the names with which they are delivered", async () => {
  const generated = await readFile(new URL("./generated/webhooks.ts", import.meta.url), "utf8");
  expect(generated.match(/^ {2}"[a-z_]+(\.[a-z_]+)+": components\["schemas"\]\["Webhook\w+"\];$/gm)).toHaveLength(16);
});
