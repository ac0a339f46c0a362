import { type FaultServer, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import { createAdyen } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], {
    response: { body: { pspReference: "993617895204576J", resultCode: "Received" } },
  });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createAdyen>[0] = {}) =>
  createAdyen({ auth: "AQE1", baseUrl: server.url, random: () => 0, ...options });
const payment = {
  body: {
    amount: { currency: "EUR", value: 1000 },
    merchantAccount: "YOUR_MERCHANT_ACCOUNT",
    paymentMethod: { type: "klarna" },
    reference: "order-7",
    returnUrl: "https://your-company.example.com/checkout",
  },
} as const;
const error = (status: number, errorCode: string) => ({
  kind: "response" as const,
  status,
  body: { status, errorCode, message: "Contract", errorType: "internal", pspReference: "8516091485743033" },
});
const transient = { headers: { "transient-error": "true" } };
const keys = () => server.requests.map(({ headers }) => headers["idempotency-key"]);

test("calls go to the test environment, and to the live one of the account whose prefix is given", async () => {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    urls.push(input instanceof Request ? input.url : String(input));
    return Response.json({});
  };
  const live = { environment: "live", prefix: "1797a841fbb37ca7-AdyenDemo" } as const;
  await createAdyen({ auth: "AQE1", fetch }).POST("/payments", payment);
  await createAdyen({ auth: "AQE1", fetch, ...live }).POST("/payments", payment);
  // The addresses of the document, and of src/service.ts of Adyen/adyen-node-api-library.
  expect(urls).toEqual([
    "https://checkout-test.adyen.com/v72/payments",
    "https://1797a841fbb37ca7-adyendemo-checkout-live.adyenpayments.com/checkout/v72/payments",
  ]);
});

test.each([undefined, "AdyenDemo", "1797a841fbb37ca7-AdyenDemo.evil.example/"])(
  "a live client is not created with the prefix %j",
  (prefix) => {
    const options = { auth: "AQE1", environment: "live", ...(prefix !== undefined && { prefix }) } as const;
    expect(() => createAdyen(options)).toThrow("prefix");
  },
);

test("the key is sent in Adyen's own header", async () => {
  await create().POST("/payments", payment);
  expect(server.requests[0]?.headers).toMatchObject({ "x-api-key": "AQE1" });
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});

test("an idempotency key has at most 64 characters, which is checked before anything is sent", async () => {
  await create().POST("/payments", { ...payment, idempotencyKey: "k".repeat(64) });
  const tooLong = create().POST("/payments", { ...payment, idempotencyKey: "k".repeat(65) });
  await expect(tooLong).rejects.toThrow("1 to 64");
  expect(keys()).toEqual(["k".repeat(64)]);
});

test.each([500, 503, 422])("a transient %i is sent again with the same key", async (status) => {
  server.faults.push({ ...error(status, "905"), ...transient });
  await create().POST("/payments", payment);
  expect(keys()).toHaveLength(2);
  expect(keys()[0]).toBe(keys()[1]);
});

test("a payment that stays transient was not made: no message was sent to the issuer", async () => {
  server.faults.push({ ...error(500, "905"), ...transient, times: 3 });
  const { error: failure } = await create().safe.POST("/payments", payment);
  expect(failure).toMatchObject({ name: "InternalServerError", outcome: "not-applied" });
});

test("after a lost response, a transient error does not say that the payment was not made", async () => {
  server.faults.push({ kind: "reset", after: "request" }, { ...error(500, "905"), ...transient, times: 2 });
  const { error: failure } = await create().safe.POST("/payments", payment);
  expect(failure).toMatchObject({ outcome: "unknown" });
});

test("Adyen's own 500 without that header is the stored result of the key: it is not sent again, and its outcome is unknown", async () => {
  server.faults.push(error(500, "905"));
  const { error: failure } = await create().safe.POST("/payments", { ...payment, idempotencyKey: "order-7" });
  expect(failure).toMatchObject({
    name: "InternalServerError",
    outcome: "unknown",
    idempotencyKey: "order-7",
    requestId: "8516091485743033",
  });
  expect(keys()).toEqual(["order-7"]);
});

test("a lost response, and the 502 of a gateway, are asked for again with the same key", async () => {
  server.faults.push({ kind: "reset", after: "request" }, { kind: "response", status: 502, body: "<html>" });
  const { data } = await create().POST("/payments", payment);
  expect(data.resultCode).toBe("Received");
  expect(new Set(keys()).size).toBe(1);
  expect(keys()).toHaveLength(3);
});

test.each([409, 422])(
  "a %i because another request has the key is sent again, and its outcome is unknown",
  async (status) => {
    server.faults.push({ ...error(status, "704"), ...transient });
    await create().POST("/payments", payment);
    expect(keys()).toHaveLength(2);
    server.faults.push({ ...error(status, "704"), ...transient, times: 3 });
    const { error: failure } = await create().safe.POST("/payments", payment);
    expect(failure).toMatchObject({ code: "704", outcome: "unknown" });
  },
);

test("a 422 of any other code is not sent again", async () => {
  server.faults.push(error(422, "14_030"));
  const { error: failure } = await create().safe.POST("/payments", payment);
  expect(failure).toMatchObject({ name: "UnprocessableEntityError", code: "14_030" });
  expect(server.requests).toHaveLength(1);
});

test("a refused payment is a response with its result, and no error", async () => {
  const refused = { pspReference: "V4HZ4RBFJGXXGN82", refusalReason: "Expired Card", refusalReasonCode: "6" };
  server.faults.push({ kind: "response", status: 200, body: { ...refused, resultCode: "Refused" } });
  const { data } = await create().POST("/payments", payment);
  expect(data).toMatchObject({ resultCode: "Refused", refusalReason: "Expired Card" });
  expectTypeOf(data.resultCode).extract<"Refused">().toEqualTypeOf<"Refused">();
  expectTypeOf(data.resultCode).extract<"Declined">().toBeNever();
});

test("the payment methods are read by a POST that takes no key, and is sent again after a 503", async () => {
  server.faults.push({ kind: "response", status: 503 });
  await create().POST("/paymentMethods", { body: { merchantAccount: "YOUR_MERCHANT_ACCOUNT" } });
  expect(keys()).toEqual([undefined, undefined]);
});

test("a change of a payment link whose response is lost is not sent again, because Adyen takes no key for it", async () => {
  server.faults.push({ kind: "reset", after: "request" });
  const { error: failure } = await create().safe.PATCH("/paymentLinks/{linkId}", {
    params: { path: { linkId: "PL61C53A8B97E6915A" } },
    body: { status: "expired" },
  });
  expect(failure).toMatchObject({ name: "OutcomeUnknownError" });
  expect(server.requests).toHaveLength(1);
});
