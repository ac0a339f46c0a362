import { type FaultServer, faultServer } from "@connectry/testing";
import OfficialStripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createStripe, type StripeOptions, toFetch } from "./index.js";

const key = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
let server: FaultServer;

beforeEach(async () => {
  server = await faultServer([], { response: { body: { object: "balance", id: "x_1" } } });
});
afterEach(() => server.close());

/** Stripe's own client, whose requests to api.stripe.com and files.stripe.com our connector sends to the server. */
function official(settings: { readonly maxNetworkRetries?: number; readonly stripe?: StripeOptions } = {}) {
  const { maxNetworkRetries = 0, stripe } = settings;
  const connector = createStripe({ auth: key, baseUrl: server.url, random: () => 0, ...stripe });
  const httpClient = OfficialStripe.createFetchHttpClient(toFetch(connector));
  return new OfficialStripe(key, { httpClient, maxNetworkRetries });
}

test("stripe reads and writes, with the key that both have", async () => {
  await official().balance.retrieve();
  await official().customers.create({ name: "Ada" });
  expect(server.requests).toMatchObject([
    { method: "GET", path: "/v1/balance" },
    { method: "POST", path: "/v1/customers", body: { name: "Ada" } },
  ]);
  for (const { headers } of server.requests) expect(headers.authorization).toBe(`Bearer ${key}`);
});

test("stripe's `apiKey` of another account is refused, instead of acting on the connector's account", async () => {
  const error: unknown = await official()
    .balance.retrieve({}, { apiKey: "sk_test_another1234567890" })
    .catch((reason: unknown) => reason);
  expect(String(Object(error).detail)).toContain("a credential that is not the connector's");
  expect(server.requests).toEqual([]);
});

test("stripe uploads a file to files.stripe.com", async () => {
  const file = { data: Buffer.from("%PDF-1.4"), name: "receipt.pdf", type: "application/pdf" };
  await official().files.create({ purpose: "dispute_evidence", file });
  expect(server.requests).toMatchObject([{ method: "POST", path: "/v1/files" }]);
  expect(server.requests[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(Buffer.from(server.requests[0]!.bytes).toString()).toContain("%PDF-1.4");
});

test("stripe receives a file as a stream, longer than the connector's maxResponseBytes", async () => {
  server.faults.push({ kind: "response", body: "x".repeat(300_000), headers: { "content-type": "application/pdf" } });
  const stream = await official({ stripe: { maxResponseBytes: 1_000 } }).quotes.pdf("qt_1");
  let length = 0;
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) length += chunk.length;
  expect(length).toBe(300_000);
});

test("stripe throws its own error, with the code and the request id of the response", async () => {
  const error = { type: "card_error", code: "card_declined", message: "Your card was declined." };
  server.faults.push({ kind: "response", status: 402, body: { error }, headers: { "request-id": "req_1" } });
  await expect(official().charges.create({ amount: 1, currency: "eur" })).rejects.toMatchObject({
    type: "StripeCardError",
    code: "card_declined",
    requestId: "req_1",
  });
});

test("stripe sends one request where its retries are off, and as many as without us where they are on", async () => {
  const outage = { kind: "response", status: 503, body: { error: { message: "down" } }, times: 9 } as const;
  server.faults.push(outage);
  await official()
    .balance.retrieve()
    .catch(() => {});
  expect(server.requests).toHaveLength(1);
  await official({ maxNetworkRetries: 1 })
    .balance.retrieve()
    .catch(() => {});
  expect(server.requests).toHaveLength(3);
});
