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

test("an action of a workflow is one event, processed once for each run, with its response to a retry", async () => {
  const runs: unknown[] = [];
  const POST = webhooksV2.handler({
    secrets: "client-secret",
    on: {
      unknown: ({ payload }) => {
        // @ts-expect-error a misspelled field
        expect(payload.calbackId).toBeUndefined();
        runs.push([payload.callbackId, payload.object?.objectId]);
        return Response.json({ outputFields: { run: String(runs.length) } });
      },
    },
  });
  const send = async (callbackId: string) => {
    const action = {
      callbackId,
      origin: { portalId: 102_670_506, actionDefinitionId: 10_646_377 },
      object: { objectId: 904, objectType: "CONTACT", properties: { email: "ada@example.com" } },
      inputFields: { widgetName: "My widget" },
    };
    const request = await signWebhook(webhooksV2.scheme, action, { secret: "client-secret" });
    return (await POST(request)).json();
  };
  const outputs = [await send("ap-1"), await send("ap-1"), await send("ap-2")];
  expect(outputs.map(({ outputFields }) => outputFields.run)).toEqual(["1", "1", "2"]);
  expect(runs).toEqual([
    ["ap-1", 904],
    ["ap-2", 904],
  ]);
});

test("the webhook of a workflow without an id is processed each time, and so is the GET of a card", async () => {
  const payloads: unknown[] = [];
  const POST = webhooksV2.handler({
    secrets: "client-secret",
    otherwise: ({ payload }) => void payloads.push(payload),
  });
  const url = "https://hooks.example.com/card?userId=1&userEmail=o%27brien%40example.com&associatedObjectType=CONTACT";
  for (let time = 0; time < 2; time += 1) {
    const body = { vid: 904, properties: { email: "ada@example.com" } };
    expect((await POST(await signWebhook(webhooksV2.scheme, body, { secret: "client-secret" }))).status).toBe(204);
    const card = await signWebhook(webhooksV2.scheme, "", { secret: "client-secret", method: "GET", url });
    expect((await POST(card)).status).toBe(204);
  }
  const query = { userId: "1", userEmail: "o'brien@example.com", associatedObjectType: "CONTACT" };
  expect(payloads).toEqual([
    expect.objectContaining({ vid: 904 }),
    query,
    expect.objectContaining({ vid: 904 }),
    query,
  ]);
});

test("a misspelled field of an event does not compile, and events are narrowed by their types", async () => {
  const request = await signWebhook(webhooks.scheme, [event(1, 0)], { secret: "client-secret" });
  const { events } = await webhooks.verify(request, { secrets: "client-secret" });
  const [first] = events;
  if (first?.type !== "contact.creation") throw new Error("not the event that was sent");
  // @ts-expect-error a misspelled field
  expect(first.payload.objctId).toBeUndefined();
  expect(first.payload.objectId).toBe(123);
});
