import { expect, test } from "vitest";
import { authorization, send, serveStripe, stripe } from "../stripe-server.js";

serveStripe();

test("nested forms with brackets are read and checked against the document", async () => {
  const fields = {
    amount: 1_000,
    currency: "usd",
    payment_method_types: ["card"],
    metadata: { order: "6735" },
    shipping: { name: "Ada", address: { city: "London" } },
    automatic_payment_methods: "",
  };
  const { status, body } = await send("POST", "/v1/payment_intents", {
    form: { ...fields, automatic_payment_methods: { enabled: true } },
  });
  expect([status, body.amount, body.currency, body.metadata]).toEqual([200, 1_000, "usd", { order: "6735" }]);
  expect(stripe.requests.at(-1)?.body).toEqual({ ...fields, automatic_payment_methods: { enabled: true } });
});

test.each([
  [{ currency: "usd" }, "POST /v1/payment_intents: body: amount is missing"],
  [{ amount: "ten", currency: "usd" }, 'POST /v1/payment_intents: body: amount must be integer, got "ten"'],
  [{ amount: 1, currency: "usd", metadata: "[object Object]" }, 'body: metadata must be object, got "[object Object]"'],
  [
    { amount: 1, currency: "usd", reciept_email: "ada@example.com", shipping: { name: "Ada", address: { city: 1 } } },
    "body: reciept_email is unknown",
  ],
  [
    { amount: 1, currency: "usd", payment_method_types: "card" },
    'body: payment_method_types must be array, got "card"',
  ],
])("form %j is rejected in Stripe's error format", async (fields, message) => {
  const { status, body } = await send("POST", "/v1/payment_intents", { form: fields });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ type: "invalid_request_error", code: "body_invalid" });
  expect(body.error.message).toContain(message);
});

test("an empty string clears a map and an object where Stripe permits it", async () => {
  const { status } = await send("POST", "/v1/customers/cus_1", {
    form: { metadata: "", address: "", preferred_locales: ["en"] },
  });
  expect(status).toBe(200);
});

test("dates must be seconds, and arrays in a query must have brackets", async () => {
  expect((await send("GET", "/v1/customers?created[gte]=1700000000&expand[0]=data.sources")).status).toBe(200);
  const date = await send("GET", "/v1/customers?created[gte]=2023-11-14T00:00:00.000Z");
  expect(date.body.error.message).toBe(
    'GET /v1/customers: query parameter created.gte must be integer, got "2023-11-14T00:00:00.000Z"',
  );
  const list = await send("GET", "/v1/customers?expand=data.sources");
  expect(list.body.error.message).toBe('GET /v1/customers: query parameter expand must be array, got "data.sources"');
});

test("JSON instead of a form and a missing credential are rejected, and the headers of Stripe's client are accepted", async () => {
  const json = await send("POST", "/v1/customers", { form: { a: 1 }, headers: { "content-type": "application/json" } });
  expect(json.body.error.message).toBe(
    "POST /v1/customers: content-type must be application/x-www-form-urlencoded, got application/json",
  );
  const denied = await send("GET", "/v1/customers", { headers: { authorization: "" } });
  expect([denied.status, denied.body.error.code]).toEqual([401, "credential_missing"]);
  const headers = {
    "stripe-version": "2024-04-10",
    "idempotency-key": "k-1",
    "user-agent": "x",
    accept: "application/json",
  };
  const good = await send("POST", "/v1/customers", { form: { name: "Ada" }, headers });
  expect([good.status, good.headers.get("request-id")]).toEqual([200, expect.stringMatching(/^req_/)]);
});

test("a declined card is a scripted response, and a file is uploaded", async () => {
  const error = {
    type: "card_error",
    code: "card_declined",
    decline_code: "insufficient_funds",
    message: "Your card has insufficient funds.",
  };
  stripe.faults.push({
    kind: "response",
    status: 402,
    body: { error },
    on: { operation: "PostPaymentIntentsIntentConfirm" },
  });
  expect(await send("POST", "/v1/payment_intents/pi_1/confirm", { form: {} })).toMatchObject({
    status: 402,
    body: { error },
  });
  expect((await send("POST", "/v1/payment_intents/pi_1/confirm", { form: {} })).status).toBe(200);
  const data = new FormData();
  data.set("purpose", "dispute_evidence");
  data.set("file_link_data[create]", "true");
  data.set("file", new Blob(["\u0089PNG"]), "evidence.png");
  const response = await fetch(`${stripe.url}/v1/files`, { method: "POST", body: data, headers: { authorization } });
  expect([response.status, await response.json()]).toMatchObject([
    200,
    { object: "file", purpose: "dispute_evidence" },
  ]);
  expect(stripe.requests.at(-1)?.body).toMatchObject({
    purpose: "dispute_evidence",
    file_link_data: { create: true },
    file: { filename: "evidence.png" },
  });
});
