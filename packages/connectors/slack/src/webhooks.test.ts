import { signWebhook } from "@connectry/testing";
import { expect, test } from "vitest";
import { webhooks } from "./webhooks.js";

const form = { "content-type": "application/x-www-form-urlencoded" };

test("events go by their type, interactions by their kind, commands by their name, and an answer goes back", async () => {
  const taken: unknown[] = [];
  const POST = webhooks.handler({
    secrets: "8f742231b10e",
    on: {
      app_mention: ({ payload, id }) => void taken.push([id, payload.event?.user]),
      block_actions: ({ payload }) => void taken.push(payload.user),
      "/deploy": ({ payload }) => Response.json({ text: `Deploying ${payload.text}` }),
    },
  });
  const send = async (body: unknown, headers = {}) =>
    POST(await signWebhook(webhooks.scheme, "8f742231b10e", body, { headers }));
  await send({ type: "event_callback", event_id: "Ev1", event: { type: "app_mention", user: "U1" } });
  const interaction = { type: "block_actions", trigger_id: "1", user: { id: "U2" } };
  await send(new URLSearchParams({ payload: JSON.stringify(interaction) }).toString(), form);
  const answer = await send("command=%2Fdeploy&text=main&trigger_id=2", form);
  expect(taken).toEqual([["Ev1", "U1"], { id: "U2" }]);
  expect(await answer.json()).toEqual({ text: "Deploying main" });
});

test("the test of a new endpoint is answered with its challenge", async () => {
  const POST = webhooks.handler({ secrets: "8f742231b10e", on: {} });
  const response = await POST(
    await signWebhook(webhooks.scheme, "8f742231b10e", { type: "url_verification", challenge: "c" }),
  );
  expect(await response.json()).toEqual({ challenge: "c" });
});
