import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWebhooks, stripe, toNodeHandler, twilio } from "@connectry/core/webhooks";
import { expect, onTestFinished, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeProvider } from "../provider/fake-provider.js";

const body = { id: "evt_1", type: "invoice.paid" };

test("a fake provider delivers an event to a handler several times, which processes it once", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  const processed: string[] = [];
  const to = createWebhooks(stripe).handler({ secrets: "whsec_1", otherwise: ({ id }) => void processed.push(id) });
  const response = await server.deliver({ scheme: stripe, secret: "whsec_1", body, to, times: 3 });
  expect([response.status, processed]).toEqual([204, ["evt_1"]]);
});

test("a fake provider delivers an event to a URL, which the scheme may sign and extend", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  const types: unknown[] = [];
  const handler = createWebhooks(twilio).handler({ secrets: "12345", otherwise: ({ type }) => void types.push(type) });
  const endpoint = createServer(toNodeHandler(handler));
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    endpoint.close();
    endpoint.closeAllConnections();
  });
  const to = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
  const deliver = (secret: string) =>
    server.deliver({ scheme: twilio, secret, body: { EventType: "onMessageAdded" }, to });
  expect((await deliver("12345")).status).toBe(204);
  expect((await deliver("another")).status).toBe(401);
  expect(types).toEqual(["onMessageAdded"]);
});
