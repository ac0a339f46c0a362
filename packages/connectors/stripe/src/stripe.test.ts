import { loadDocuments } from "@connectry/codegen";
import { type FakeProvider, fakeClock, fakeProvider, seededRandom } from "@connectry/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PostRefunds } from "./generated/operations.js";
import { ConfigurationError, createStripe, facts, profile, type Stripe } from "./index.js";

let server: FakeProvider;
let stripe: Stripe;

beforeAll(async () => {
  const documents = await loadDocuments("stripe");
  server = await fakeProvider({ document: documents.map(({ json }) => json), profile, facts, credential: "sk_test_1" });
  stripe = createStripe({ auth: "sk_test_1", baseUrl: server.url });
});
afterAll(() => server.close());
afterEach(() => {
  server.faults.length = 0;
});

const lastRequest = () => server.requests.at(-1);

test("nested parameters are sent as a form with brackets, and the version header with them", async () => {
  await stripe.POST("/v1/customers", {
    body: {
      email: "ada@example.com",
      metadata: { plan: "pro" },
      preferred_locales: ["en", "fr"],
      shipping: "",
      address: { line1: "1 Main St", city: "London" },
    },
  });
  const sent = new TextDecoder().decode(lastRequest()?.bytes);
  expect(decodeURIComponent(sent)).toBe(
    "email=ada@example.com&metadata[plan]=pro&preferred_locales[0]=en&preferred_locales[1]=fr&shipping=&address[line1]=1 Main St&address[city]=London",
  );
  expect(lastRequest()?.headers["stripe-version"]).toBe("2024-04-10");
});

test("null in a form is sent as an empty value, and a Date as Unix seconds", async () => {
  await stripe.POST("/v1/customers", { body: { description: null, metadata: null } });
  expect(new TextDecoder().decode(lastRequest()?.bytes)).toBe("description=&metadata=");
  const trial_end = new Date("2024-04-10T00:00:00Z");
  await stripe.POST("/v1/subscriptions", { body: { customer: "cus_1", trial_end } });
  expect(new TextDecoder().decode(lastRequest()?.bytes)).toBe("customer=cus_1&trial_end=1712707200");
});

test("a Date in a query is sent as Unix seconds", async () => {
  const since = new Date("2024-04-10T00:00:00Z");
  await stripe.GET("/v1/charges", { params: { query: { created: { gte: since }, expand: ["data.customer"] } } });
  expect(lastRequest()?.query).toMatchObject({ created: { gte: 1_712_707_200 } });
});

test("a write is retried after a 503 with the same idempotency key", async () => {
  const before = server.requests.length;
  server.faults.push({ kind: "response", status: 503 });
  const { response } = await stripe.call(PostRefunds, { body: { charge: "ch_1" } });
  const keys = server.requests.slice(before).map(({ headers }) => headers["idempotency-key"]);
  expect(response.attempts.map(({ status }) => status)).toEqual([503, 200]);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
});

test("stripe-should-retry decides about a retry, whatever the status", async () => {
  server.faults.push({ kind: "response", status: 500, headers: { "stripe-should-retry": "false" }, times: 2 });
  const failed = await stripe.safe.GET("/v1/balance");
  expect(failed.error?.attempts.map(({ verdict }) => verdict)).toEqual(["failed"]);
  server.faults.length = 0;
  server.faults.push({ kind: "response", status: 400, headers: { "stripe-should-retry": "true" } });
  const { response } = await stripe.GET("/v1/balance");
  expect(response.attempts.map(({ verdict }) => verdict)).toEqual(["transient", "success"]);
});

test("a write is retried after a 409, where another request holds the lock", async () => {
  server.faults.push({
    kind: "response",
    status: 409,
    body: { error: { type: "idempotency_error", message: "in use" } },
  });
  const { response } = await stripe.POST("/v1/customers", { body: {} });
  expect(response.attempts.map(({ status }) => status)).toEqual([409, 200]);
});

test("the outcome of a write is unknown while another request with its key is in progress", async () => {
  const body = { error: { type: "idempotency_error", code: "idempotency_key_in_use", message: "in use" } };
  for (const [headers, times] of [
    [{}, 3],
    [{ "stripe-should-retry": "false" }, 1],
  ] as const) {
    server.faults.push({ kind: "response", status: 409, headers, body, times });
    const { error } = await stripe.safe.POST("/v1/customers", { body: {}, idempotencyKey: "order-7" });
    expect(error).toMatchObject({ name: "ConflictError", outcome: "unknown", idempotencyKey: "order-7" });
  }
});

test("pagination of a list continues after its last item, and that of a search by next_page", async () => {
  server.seed(
    "/v1/customers",
    Array.from({ length: 25 }, (_, index) => ({ id: `cus_${index}` })),
  );
  const customers: string[] = [];
  for await (const { id } of stripe.paginate("/v1/customers", { params: { query: { limit: 10 } } })) customers.push(id);
  expect(customers).toHaveLength(25);
  expect(new Set(customers).size).toBe(25);
  expect(lastRequest()?.query).toMatchObject({ starting_after: customers[19] });

  const found = [];
  const params = { query: { query: "email:'ada@example.com'", limit: 10 } };
  for await (const { id } of stripe.paginate("/v1/customers/search", { params })) found.push(id);
  expect(found).toHaveLength(25);
  expect(lastRequest()?.query).toHaveProperty("page");
});

test("an upload is sent as multipart, with the bytes of the file", async () => {
  const file = new Blob(["evidence"], { type: "text/plain" }) as unknown as string;
  const { data } = await stripe.POST("/v1/files", { body: { purpose: "dispute_evidence", file } });
  expect(data.object).toBe("file");
  expect(lastRequest()?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(new TextDecoder().decode(lastRequest()?.bytes)).toContain("evidence");
});

test("a PDF is requested from files.stripe.com, and the balance from api.stripe.com", async () => {
  const asked: string[] = [];
  const offline: typeof globalThis.fetch = async (input) => {
    asked.push(String(input));
    if (!asked.at(-1)?.endsWith("/pdf")) return Response.json({ object: "balance" });
    return new Response(new Uint8Array([37, 80, 68, 70]), { headers: { "content-type": "application/pdf" } });
  };
  const live = createStripe({ auth: "sk_test_1", fetch: offline });
  const { data } = await live.GET("/v1/quotes/{quote}/pdf", { params: { path: { quote: "qt_1" } } });
  expect(data).toEqual(new Uint8Array([37, 80, 68, 70]));
  await live.GET("/v1/balance");
  expect(asked).toEqual(["https://files.stripe.com/v1/quotes/qt_1/pdf", "https://api.stripe.com/v1/balance"]);
});

test("an error has Stripe's code, message, body and request id", async () => {
  server.faults.push({
    kind: "response",
    status: 402,
    headers: { "request-id": "req_7" },
    body: { error: { type: "card_error", code: "card_declined", decline_code: "stolen_card", message: "Declined." } },
  });
  const { error } = await stripe.safe.POST("/v1/charges", { body: { amount: 1_000, currency: "usd" } });
  expect(error).toMatchObject({ name: "ApiError", status: 402, code: "card_declined", requestId: "req_7" });
  expect(error?.name === "ApiError" && error.body.error.decline_code).toBe("stolen_card");
  expect(error?.message).toBe("POST /v1/charges: Stripe responded with 402 card_declined: Declined. Request req_7.");
});

test("retry waits at least as long as Retry-After asks", async () => {
  const clock = fakeClock();
  const longTimeouts = createStripe({ auth: "sk_test_1", baseUrl: server.url, clock, random: seededRandom(1) });
  server.faults.push({ kind: "response", status: 429, headers: { "retry-after": "3" } });
  let done = false;
  const call = longTimeouts.GET("/v1/balance").then((result) => {
    done = true;
    return result;
  });
  while (server.faults.length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await clock.advance(2_999);
  expect(done).toBe(false);
  await clock.advance(1_000);
  const { response } = await call;
  expect(response.attempts[0]).toMatchObject({ status: 429, verdict: "throttled" });
  expect(response.attempts[0]?.waitedMs).toBeGreaterThanOrEqual(3_000);
});

test("the message about a missing key names the environment variable", () => {
  const { STRIPE_SECRET_KEY } = process.env;
  delete process.env.STRIPE_SECRET_KEY;
  try {
    expect(() => createStripe()).toThrow(ConfigurationError);
    expect(() => createStripe()).toThrow(/STRIPE_SECRET_KEY/);
  } finally {
    if (STRIPE_SECRET_KEY !== undefined) process.env.STRIPE_SECRET_KEY = STRIPE_SECRET_KEY;
  }
});

test("an invalidation names an operation of the document, and anything else is an error of its type", async () => {
  await stripe.cache.invalidate({ operation: "GET /v1/customers/{customer}" });
  await stripe.cache.invalidate({ operation: { method: "GET", path: "/v1/prices" } });
  await stripe.cache.invalidate({ tags: ["prices"], tenants: "all" });
  // @ts-expect-error: a path of a request instead of the document's
  await stripe.cache.invalidate({ operation: "GET /v1/customers/cus_1" });
  // @ts-expect-error: the document has no such operation
  await stripe.cache.invalidate({ operation: { method: "GET", path: "/v1/price" } });
  // @ts-expect-error: a DELETE that the document does not have
  await stripe.cache.invalidate({ operation: "DELETE /v1/prices" });
});
