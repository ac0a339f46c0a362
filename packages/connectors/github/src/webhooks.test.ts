import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { webhooks } from "./webhooks.js";

const headers = { "x-github-event": "issues", "x-github-delivery": "7" };

test("an event is routed by its name and action, or by its name, with a typed payload", async () => {
  const handled: string[] = [];
  const POST = webhooks.handler({
    secrets: "secret",
    on: {
      "issues.opened": ({ payload }) => {
        expectTypeOf(payload.action).toEqualTypeOf<"opened">();
        // @ts-expect-error a misspelled field
        expect(payload.isue).toBeUndefined();
        // @ts-expect-error a misspelled field
        expect(payload.issue.tilte).toBeUndefined();
        handled.push(`opened ${payload.issue.title}`);
      },
      issues: ({ payload, type }) => {
        expectTypeOf(payload.action).toExtend<string>();
        handled.push(`${type} by the wider name`);
      },
    },
  });
  const send = async (action: string, delivery: string) =>
    POST(
      await signWebhook(
        webhooks.scheme,
        { action, issue: { title: "It breaks" } },
        { secret: "secret", headers: { ...headers, "x-github-delivery": delivery } },
      ),
    );
  expect((await send("opened", "7")).status).toBe(204);
  expect((await send("closed", "8")).status).toBe(204);
  expect((await send("closed", "8")).status).toBe(204);
  expect(handled).toEqual(["opened It breaks", "issues by the wider name"]);
});

test("a webhook with the content type of a form has its payload in a field", async () => {
  const body = new URLSearchParams({ payload: '{"action":"opened","issue":{"title":"It breaks"}}' }).toString();
  const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
  const request = await signWebhook(webhooks.scheme, body, { secret: "secret", headers: form });
  const { events } = await webhooks.verify(request, { secrets: "secret" });
  expect(events).toMatchObject([{ type: "issues.opened", id: "7", payload: { issue: { title: "It breaks" } } }]);
});

test("the ping of a new webhook is acknowledged", async () => {
  const POST = webhooks.handler({ secrets: "secret", on: {} });
  const ping = await signWebhook(
    webhooks.scheme,
    { zen: "Design for failure.", hook_id: 1 },
    { secret: "secret", headers: { "x-github-event": "ping" } },
  );
  expect((await POST(ping)).status).toBe(204);
});
