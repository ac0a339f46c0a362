import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWebhooks, stripe, toNodeHandler, twilio } from "@connectry/core/webhooks";
import { expect, onTestFinished, test } from "vitest";
import { acmeDocument, acmeProfile } from "../fixtures/acme.js";
import { fakeProvider } from "../provider/fake-provider.js";

const body = { id: "evt_1", type: "invoice.paid" };

test("a fake provider delivers events to a handler, and again as providers do", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  const worked: string[] = [];
  const to = createWebhooks(stripe).handler({ secrets: "whsec_1", otherwise: ({ id }) => void worked.push(id) });
  const answer = await server.deliver({ scheme: stripe, secret: "whsec_1", body, to, times: 3 });
  expect([answer.status, worked]).toEqual([204, ["evt_1"]]);
});

test("and over the network to an address, which the scheme may sign and add to", async () => {
  await using server = await fakeProvider({ document: acmeDocument, profile: acmeProfile });
  const names: unknown[] = [];
  const handler = createWebhooks(twilio).handler({ secrets: "12345", otherwise: ({ type }) => void names.push(type) });
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
  expect(names).toEqual(["onMessageAdded"]);
});
