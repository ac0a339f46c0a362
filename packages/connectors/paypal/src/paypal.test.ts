import { type FaultServer, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import type { order_request } from "./generated/types.js";
import { createPaypal } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { id: "5O190127TN364715T", status: "CREATED" } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createPaypal>[0] = {}) =>
  createPaypal({ auth: "A21AA_token", baseUrl: server.url, random: () => 0, ...options });
const path = { id: "5O190127TN364715T" };
const unavailable = { kind: "response", status: 503 } as const;

// The example of the document.
const order: order_request = {
  intent: "CAPTURE",
  purchase_units: [
    { reference_id: "d9f80740-38f0-11e8-b467-0ed5f89f718b", amount: { currency_code: "USD", value: "100.00" } },
  ],
};

/** A PayPal that issues tokens as https://developer.paypal.com/api/rest/authentication/ has them, and records what it is called with. */
function paypalFetch() {
  const calls: { readonly url: string; readonly authorization: string | null; readonly body: string }[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    const { url, headers } = request;
    calls.push({ url, authorization: headers.get("authorization"), body: await request.text() });
    if (url.endsWith("/v1/oauth2/token"))
      return Response.json({
        access_token: "A21AA_1",
        token_type: "Bearer",
        expires_in: 31_668,
        app_id: "APP-80W284485P519543T",
      });
    return Response.json({ id: path.id, status: "CREATED" });
  };
  return { fetch, calls };
}

test.each([
  [undefined, "https://api-m.paypal.com"],
  ["sandbox", "https://api-m.sandbox.paypal.com"],
] as const)("id and secret are exchanged for one token, where %s calls go", async (environment, host) => {
  const { fetch, calls } = paypalFetch();
  const auth = { clientId: "client_1", clientSecret: "secret_1" };
  const paypal = createPaypal({ auth, environment, fetch });
  await paypal.GET("/v2/checkout/orders/{id}", { params: { path } });
  await paypal.POST("/v2/checkout/orders", { body: order });
  expect(calls.map(({ url }) => url)).toEqual([
    `${host}/v1/oauth2/token`,
    `${host}/v2/checkout/orders/${path.id}`,
    `${host}/v2/checkout/orders`,
  ]);
  expect(calls[0]).toMatchObject({
    authorization: `Basic ${Buffer.from("client_1:secret_1").toString("base64")}`,
    body: "grant_type=client_credentials",
  });
  expect(calls.slice(1).map(({ authorization }) => authorization)).toEqual(["Bearer A21AA_1", "Bearer A21AA_1"]);
});

test("an order, its authorization and its capture have a PayPal-Request-Id, the same on each attempt", async () => {
  const paypal = create();
  server.faults.push(unavailable);
  await paypal.POST("/v2/checkout/orders", { body: order });
  server.faults.push({ kind: "reset", after: "request" });
  await paypal.POST("/v2/checkout/orders/{id}/authorize", { params: { path } });
  server.faults.push(unavailable);
  await paypal.POST("/v2/checkout/orders/{id}/capture", { params: { path }, idempotencyKey: "order-17" });
  const keys = server.requests.map(({ headers }) => headers["paypal-request-id"]);
  expect(keys).toEqual([keys[0], keys[0], keys[2], keys[2], "order-17", "order-17"]);
  expect([keys[0] === keys[2], keys.includes(undefined)]).toEqual([false, false]);
});

test("a write that declares no PayPal-Request-Id is not sent again, and gets no key", async () => {
  server.faults.push(unavailable);
  const body = { capture_id: "8MC585209K746392H", tracking_number: "443844607820", carrier: "FEDEX" } as const;
  const { error } = await create().safe.POST("/v2/checkout/orders/{id}/track", { params: { path }, body });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(server.requests.map(({ headers }) => headers["paypal-request-id"])).toEqual([undefined]);
});

test("an order is changed by a list of operations (JSON Patch), as application/json, and the response is empty", async () => {
  server.faults.push({ kind: "response", status: 204 });
  const body = [{ op: "replace", path: "/intent", value: "AUTHORIZE" }] as const;
  const { data } = await create().PATCH("/v2/checkout/orders/{id}", { params: { path }, body: [...body] });
  expect(data).toBeUndefined();
  expect(server.requests[0]).toMatchObject({ method: "PATCH", body, headers: { "content-type": "application/json" } });
});

test("a header of the document asks for the whole order, which a response has only then", async () => {
  const { data } = await create().POST("/v2/checkout/orders", {
    params: { header: { Prefer: "return=representation" } },
    body: order,
  });
  expect(server.requests[0]?.headers.prefer).toBe("return=representation");
  expectTypeOf(data.purchase_units).toExtend<readonly { reference_id?: string }[] | undefined>();
});

test("a rejected order has the name of its error, its debug_id, and what was wrong in its details", async () => {
  const details = [{ issue: "ORDER_NOT_APPROVED", description: "Payer has not yet approved the Order for payment." }];
  const body = {
    name: "UNPROCESSABLE_ENTITY",
    message: "Failed business validation.",
    debug_id: "90957fca61718",
    details,
  };
  server.faults.push({ kind: "response", status: 422, body });
  const { error } = await create().safe.POST("/v2/checkout/orders/{id}/capture", { params: { path } });
  expect(error).toMatchObject({
    name: "UnprocessableEntityError",
    code: "UNPROCESSABLE_ENTITY",
    requestId: "90957fca61718",
    body: { details },
  });
  expect(server.requests).toHaveLength(1);
});
