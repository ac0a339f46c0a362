import { readFile } from "node:fs/promises";
import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import type { EmailBouncedEvent } from "./generated/types.js";
import { webhooks } from "./webhooks.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

test("a handler of a bounced email gets the payload of the document", async () => {
  const bounced: string[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      "email.bounced": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<EmailBouncedEvent>();
        bounced.push(payload.data.email_id);
      },
    },
  });
  const event = { type: "email.bounced", created_at: "2023-10-06T23:47:56.678Z", data: { email_id: "e_1" } };
  const { status } = await POST(await signWebhook(webhooks.scheme, event, { secret }));
  expect([status, bounced]).toEqual([204, ["e_1"]]);
});

test("all 17 events of the document are typed", async () => {
  const generated = await readFile(new URL("./generated/webhooks.ts", import.meta.url), "utf8");
  expect(generated.match(/^ {2}"[a-z_]+\.[a-z_]+": components\["schemas"\]\["\w+"\];$/gm)).toHaveLength(17);
});
