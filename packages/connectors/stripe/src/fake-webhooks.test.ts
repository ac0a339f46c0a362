import { loadDocuments } from "@connectry/codegen";
import { type FakeProvider, fakeHandler, fakeProvider } from "@connectry/testing";
import OfficialStripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { facts, profile } from "./index.js";

const secret = "whsec_test";
let documents: Record<string, unknown>[];
beforeAll(async () => {
  documents = (await loadDocuments("stripe")).map(({ json }) => json as Record<string, unknown>);
});

/** An endpoint that verifies by Stripe's own package, and rejects its first requests. */
function endpoint(rejected = 0) {
  const events: OfficialStripe.Event[] = [];
  let count = 0;
  const url = async (request: Request): Promise<Response> => {
    count += 1;
    if (count <= rejected) return new Response(null, { status: 503 });
    const signature = request.headers.get("stripe-signature") ?? "";
    events.push(OfficialStripe.webhooks.constructEvent(await request.text(), signature, secret));
    return new Response(null, { status: 204 });
  };
  return { events, url };
}

test("the changes of Stripe's own package are delivered as events, which its constructEvent verifies", async () => {
  const { events, url } = endpoint();
  const fake = fakeHandler({ document: documents, profile, facts, webhooks: { url, secret } });
  const httpClient = OfficialStripe.createFetchHttpClient(fake.fetch);
  const stripe = new OfficialStripe("sk_test_any", { httpClient, maxNetworkRetries: 0 });

  const customer = await stripe.customers.create({ email: "ada@example.com" });
  await stripe.customers.update(customer.id, { name: "Ada" });
  const intent = await stripe.paymentIntents.create({ amount: 1_000, currency: "usd" });
  await stripe.paymentIntents.cancel(intent.id);
  const price = { currency: "usd", product: "prod_1", unit_amount: 5 };
  await stripe.prices.create(price);
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [] });
  await stripe.subscriptions.cancel(subscription.id);
  const invoice = await stripe.invoices.create({ customer: customer.id });
  await stripe.invoices.finalizeInvoice(invoice.id as string);
  await stripe.customers.del(customer.id);
  await fake.delivered();

  expect(fake.deliveries.filter(({ status }) => status !== 204)).toEqual([]);
  expect(events.map(({ type }) => type)).toEqual([
    "customer.created",
    "customer.updated",
    "payment_intent.created",
    "payment_intent.canceled",
    "price.created",
    "customer.subscription.created",
    "customer.subscription.deleted",
    "invoice.created",
    "invoice.finalized",
    "customer.deleted",
  ]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(events[0]).toMatchObject({ object: "event", data: { object: { id: customer.id, email: "ada@example.com" } } });
  expect(events[1]?.data).toMatchObject({ object: { name: "Ada" }, previous_attributes: { name: customer.name } });
  expect(events.at(-1)?.data.object).toMatchObject({ id: customer.id, object: "customer", name: "Ada" });
});

test("reads, rejected requests and repeated ones deliver nothing, and a list is found by its filter", async () => {
  const { events, url } = endpoint();
  const fake = fakeHandler({ document: documents, profile, facts, webhooks: { url, secret } });
  const httpClient = OfficialStripe.createFetchHttpClient(fake.fetch);
  const stripe = new OfficialStripe("sk_test_any", { httpClient, maxNetworkRetries: 0 });
  const idempotencyKey = "key-1";
  const { id } = await stripe.customers.create({ email: "ada@example.com" }, { idempotencyKey });
  expect((await stripe.customers.create({ email: "ada@example.com" }, { idempotencyKey })).id).toBe(id);
  await expect(stripe.customers.update(id, { nonsense: 1 } as never)).rejects.toThrow("nonsense");
  await expect(stripe.customers.retrieve("cus_unknown")).rejects.toMatchObject({
    type: "StripeInvalidRequestError",
    statusCode: 404,
  });
  expect((await stripe.customers.list({ email: "ada@example.com" })).data.map((one) => one.id)).toEqual([id]);
  await fake.delivered();
  expect(events.map(({ type }) => type)).toEqual(["customer.created"]);
});

test("a delivery that is not accepted is repeated with the same event, and each attempt is logged", async () => {
  const { events, url } = endpoint(2);
  const fake = fakeHandler({ document: documents, profile, facts, webhooks: { url, secret, retryDelaysMs: [1, 1] } });
  const headers = { authorization: "Bearer sk_test_any" };
  await fake.fetch("https://api.stripe.com/v1/customers", { method: "POST", headers });
  await fake.delivered();
  expect(fake.deliveries).toMatchObject(
    [503, 503, 204].map((status, index) => ({ type: "customer.created", attempt: index + 1, status })),
  );
  expect(events[0]?.id).toBe(Object(fake.deliveries[0]?.body).id);
  fake.reset();
  expect(fake.deliveries).toEqual([]);
});

test("an endpoint that cannot be reached is logged with its error, until the provider gives up", async () => {
  const webhooks = { url: "http://127.0.0.1:1/hooks", secret, retryDelaysMs: [1] };
  const fake: FakeProvider = await fakeProvider({ document: documents, profile, facts, webhooks });
  const headers = { authorization: "Bearer sk_test_any" };
  await fetch(`${fake.url}/v1/customers`, { method: "POST", headers });
  await fake.delivered();
  expect(fake.deliveries).toMatchObject([
    { attempt: 1, status: undefined, error: expect.stringContaining("fetch failed") },
    { attempt: 2, status: undefined },
  ]);
  await fake.close();
});
