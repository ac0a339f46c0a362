import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { type EventResponse, webhooks } from "./webhooks.js";

const secret = "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81";
const change = { field: "name", action: "changed" };
const event = { action: "changed", resource: { gid: "1337", resource_type: "task" }, change };

test("a delivery of several events calls the handler of each by its resource and action", async () => {
  const handled: unknown[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      "task.changed": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<EventResponse>();
        handled.push([payload.resource?.gid, payload.change?.field]);
      },
      "story.added": ({ payload }) => void handled.push(payload.resource?.resource_type),
    },
  });
  const story = { action: "added", resource: { gid: "1", resource_type: "story", resource_subtype: "comment_added" } };
  const { status } = await POST(await signWebhook(webhooks.scheme, { events: [event, story] }, { secret }));
  expect([status, handled]).toEqual([204, [["1337", "name"], "story"]]);
});

test("the secret of the first request is given to onSecret, and sent back in its header", async () => {
  const stored: string[] = [];
  const POST = webhooks.handler({ secrets: () => stored, onSecret: (offered) => void stored.push(offered), on: {} });
  const request = new Request("https://app.example/asana", { method: "POST", headers: { "x-hook-secret": secret } });
  const response = await POST(request);
  expect([response.status < 300, response.headers.get("x-hook-secret"), stored]).toEqual([true, secret, [secret]]);
  const heartbeat = await POST(await signWebhook(webhooks.scheme, { events: [] }, { secret }));
  expect(heartbeat.status).toBe(204);
});

test("a delivery that is signed by another secret is rejected", async () => {
  const POST = webhooks.handler({ secrets: secret, on: {} });
  const signed = await signWebhook(webhooks.scheme, { events: [event] }, { secret: "another" });
  expect((await POST(signed)).status).toBe(401);
});
