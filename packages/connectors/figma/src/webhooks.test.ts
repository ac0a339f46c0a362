import { readFile } from "node:fs/promises";
import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import type { WebhookFileCommentPayload } from "./generated/types.js";
import { webhooks } from "./webhooks.js";

const event = {
  event_type: "FILE_COMMENT",
  file_key: "CL06nJNn5eZLQKDoARMND5",
  timestamp: "2020-02-23T20:27:16Z",
  webhook_id: "22",
};

test("a handler of a comment gets the payload of the document", async () => {
  const commented: string[] = [];
  const POST = webhooks.handler({
    secrets: "secretpasscode",
    on: {
      FILE_COMMENT: ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<WebhookFileCommentPayload>();
        commented.push(payload.file_key);
      },
    },
  });
  const { status } = await POST(await signWebhook(webhooks.scheme, event, { secret: "secretpasscode" }));
  expect([status, commented]).toEqual([204, [event.file_key]]);
});

test("a delivery with another passcode, or without one, is rejected", async () => {
  const POST = webhooks.handler({ secrets: "secretpasscode", on: {} });
  const send = (body: object) =>
    POST(new Request("https://app.example", { method: "POST", body: JSON.stringify(body) }));
  const statuses = [await send({ ...event, passcode: "secretpasscod" }), await send(event)].map(({ status }) => status);
  expect(statuses).toEqual([401, 401]);
});

test("all 7 events of the document are typed", async () => {
  const generated = await readFile(new URL("./generated/webhooks.ts", import.meta.url), "utf8");
  expect(generated.match(/^ {2}"?[A-Z_]+"?: components\["schemas"\]\["\w+"\];$/gm)).toHaveLength(7);
});
