import { signWebhook } from "@connectry/testing";
import { expect, test } from "vitest";
import { webhooks } from "./webhooks.js";

const form = { "content-type": "application/x-www-form-urlencoded" };

test("events and interactions are routed by type, commands by name, and a handler's response is returned", async () => {
  const handled: unknown[] = [];
  const POST = webhooks.handler({
    secrets: "8f742231b10e",
    on: {
      app_mention: ({ payload, id }) => {
        // @ts-expect-error a misspelled field
        expect(payload.evnt).toBeUndefined();
        // @ts-expect-error a misspelled field
        expect(payload.event?.usr).toBeUndefined();
        // A field that is not documented for all deliveries.
        expect((payload as Record<string, unknown>).is_ext_shared_channel).toBe(false);
        handled.push([id, payload.event?.user]);
      },
      block_actions: ({ payload }) => void handled.push(payload.user),
      "/deploy": ({ payload }) => Response.json({ text: `Deploying ${payload.text}` }),
    },
  });
  const send = async (body: unknown, headers = {}) =>
    POST(await signWebhook(webhooks.scheme, body, { secret: "8f742231b10e", headers }));
  await send({
    type: "event_callback",
    event_id: "Ev1",
    is_ext_shared_channel: false,
    event: { type: "app_mention", user: "U1" },
  });
  const interaction = { type: "block_actions", trigger_id: "1", user: { id: "U2" } };
  await send(new URLSearchParams({ payload: JSON.stringify(interaction) }).toString(), form);
  const response = await send("command=%2Fdeploy&text=main&trigger_id=2", form);
  expect(handled).toEqual([["Ev1", "U1"], { id: "U2" }]);
  expect(await response.json()).toEqual({ text: "Deploying main" });
});

test("the verification of a new endpoint is acknowledged with its challenge", async () => {
  const POST = webhooks.handler({ secrets: "8f742231b10e", on: {} });
  const response = await POST(
    await signWebhook(webhooks.scheme, { type: "url_verification", challenge: "c" }, { secret: "8f742231b10e" }),
  );
  expect(await response.json()).toEqual({ challenge: "c" });
});
