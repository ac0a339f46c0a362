import { signWebhook } from "@connectry/testing";
import { expect, test } from "vitest";
import { webhooks, webhooksV1, webhooksV2 } from "./webhooks.js";

const event = (eventId: number, attemptNumber: number) => ({
  eventId,
  attemptNumber,
  subscriptionId: 12_345,
  portalId: 62_515,
  appId: 54_321,
  occurredAt: 1_564_113_600_000,
  subscriptionType: "contact.creation",
  objectId: 123,
});

test.each([
  ["v3", webhooks],
  ["v2", webhooksV2],
  ["v1", webhooksV1],
])("with signature %s each event of a list is processed once, however often it is delivered", async (_, version) => {
  const created: unknown[] = [];
  const POST = version.handler({
    secrets: "client-secret",
    on: { "contact.creation": ({ payload }) => void created.push(payload.eventId) },
  });
  for (const attempt of [0, 1]) {
    const request = await signWebhook(version.scheme, [event(1, attempt), event(2, attempt)], {
      secret: "client-secret",
    });
    expect((await POST(request)).status).toBe(204);
  }
  expect(created).toEqual([1, 2]);
});

test("publicUrl is the URL that HubSpot signs, where a proxy changes that of the request", async () => {
  const url = "https://hooks.example.com/hubspot";
  const sent = await signWebhook(webhooks.scheme, [event(1, 0)], { secret: "client-secret", url });
  const arrived = () =>
    new Request("http://10.0.0.7:3000/hubspot", {
      method: "POST",
      headers: sent.headers,
      body: JSON.stringify([event(1, 0)]),
    });
  const handler = (publicUrl?: string) =>
    webhooks.handler({ secrets: "client-secret", on: {}, publicUrl, onError: () => {} });
  expect((await handler()(arrived())).status).toBe(401);
  expect((await handler("https://hooks.example.com")(arrived())).status).toBe(204);
});
