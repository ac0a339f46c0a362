import { readFile } from "node:fs/promises";
import { signWebhook } from "@connectry/testing";
import { expect, test } from "vitest";
import { events, webhooks } from "./webhooks.js";

const { webhook } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

// Any status in the 200 range acknowledges a delivery: https://shopify.dev/docs/apps/build/webhooks/subscribe/https
test("a delivery that Shopify's own package signs is routed by its topic, once", async () => {
  const handled: unknown[] = [];
  const POST = webhooks.handler({
    secrets: webhook.secret,
    on: { "products/create": ({ payload, id }) => void handled.push([id, payload.foo]) },
  });
  const { headers, body } = webhook.request;
  const send = () => POST(new Request("https://app.example/hook", { method: "POST", headers, body }));
  expect((await send()).status).toBe(204);
  expect((await send()).status).toBe(204);
  expect(handled).toEqual([["123456789", "bar"]]);
});

test("R31: a delivery with another body, another secret or no signature is refused", async () => {
  const { headers, body } = webhook.request;
  const POST = webhooks.handler({ secrets: webhook.secret, on: {} });
  const { "x-shopify-hmac-sha256": _, ...unsigned } = headers;
  for (const request of [
    { headers, body: `${body} ` },
    { headers: unsigned, body },
  ]) {
    const response = await POST(new Request("https://app.example/hook", { method: "POST", ...request }));
    expect(response.status).toBe(401);
  }
  const other = webhooks.handler({ secrets: "another", on: {} });
  const response = await other(new Request("https://app.example/hook", { method: "POST", headers, body }));
  expect(response.status).toBe(401);
});

// https://shopify.dev/docs/apps/build/events/delivery-structure
test("Shopify's Events are routed by the topic and action of their body", async () => {
  const handled: string[] = [];
  const POST = events.handler({ secrets: "secret", on: { "Product.update": ({ type }) => void handled.push(type) } });
  const payload = { topic: "Product", action: "update", handle: "products" };
  const options = { secret: "secret", headers: { "shopify-webhook-id": "1" } };
  expect((await POST(await signWebhook(events.scheme, payload, options))).status).toBe(204);
  expect(handled).toHaveLength(1);
});
