import { readFile } from "node:fs/promises";
import { expect, expectTypeOf, test } from "vitest";
import type { components } from "./generated/types.js";
import { createPaypalWebhooks, type PaypalEvents, webhooks } from "./webhooks.js";

const { webhook } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));
const { secret, request, fetched } = webhook;
const addresses: string[] = [];
const fetch = async (input: unknown) => {
  addresses.push(String(input));
  return new Response(fetched[String(input)]);
};
const deliver = () => new Request("https://app.example", { method: "POST", ...request });

test("a handler of an event gets its payload, once, and the certificate is fetched once", async () => {
  const handled: string[] = [];
  const POST = createPaypalWebhooks({ fetch }).handler({
    secrets: secret,
    on: { "PAYMENT.SALE.COMPLETED": ({ payload }) => void handled.push(payload.id) },
  });
  for (let count = 0; count < 2; count += 1) expect((await POST(deliver())).status).toBe(204);
  expect(handled).toEqual(["WH-0G2756385H040842W-5Y612302CV158622M"]);
  expect(addresses).toEqual([request.headers["paypal-cert-url"]]);
});

test("events of orders and captures have the resources of the document, and any other an unknown one", () => {
  type Resource<Type extends keyof PaypalEvents> = PaypalEvents[Type]["resource"];
  expectTypeOf<Resource<"CHECKOUT.ORDER.APPROVED">>().toEqualTypeOf<components["schemas"]["order"]>();
  expectTypeOf<Resource<"PAYMENT.CAPTURE.COMPLETED">>().toEqualTypeOf<components["schemas"]["capture"]>();
  expectTypeOf<Resource<"BILLING.SUBSCRIPTION.CREATED">>().toBeUnknown();
});

test("a delivery without a signature is rejected before a certificate is fetched", async () => {
  const POST = webhooks.handler({ secrets: secret, on: {} });
  const unsigned = new Request("https://app.example", { method: "POST", body: request.body });
  expect((await POST(unsigned)).status).toBe(401);
});
