import { expect, test, vi } from "vitest";
import { harness, paid, secret } from "../../../test/webhooks/harness.js";
import { signWebhook, stripe } from "../index.js";

test.each([
  ["header-missing", 401, (request: Request) => new Request(request, { headers: {} })],
  ["malformed", 401, (request: Request) => new Request(request, { headers: { "stripe-signature": "t=1" } })],
  [
    "wrong-secret",
    401,
    (request: Request) => new Request(request.url, { method: "POST", headers: request.headers, body: "{}" }),
  ],
  [
    "body-parsed",
    500,
    (request: Request) => {
      void request.text();
      return request;
    },
  ],
] as const)(
  "a delivery that is rejected as %s gets a %i with the reason and nothing else",
  async (reason, status, change) => {
    const { handler, errors, processed } = harness(stripe);
    const response = await handler(change(await signWebhook(stripe, paid, { secret })));
    expect([response.status, await response.json()]).toEqual([status, { error: reason }]);
    expect(errors).toMatchObject([{ name: "WebhookVerificationError", reason, scheme: "stripe" }]);
    expect(processed).toEqual([]);
  },
);

test("a signed body that is not JSON is rejected, and the error does not contain the body", async () => {
  const { handler, errors } = harness(stripe);
  const response = await handler(await signWebhook(stripe, "{secret words", { secret }));
  expect([response.status, await response.json()]).toEqual([400, { error: "malformed" }]);
  expect(String(errors[0])).not.toContain("words");
});

test("R38: a body above `maxBodyBytes` gets a 413 before any hash is computed, with or without a content-length", async () => {
  const hmac = vi.fn(() => "");
  const digests = { hmac, hash: hmac };
  const pulled: number[] = [];
  const { handler } = harness(stripe, { digests });
  const headers = (await signWebhook(stripe, "{}", { secret })).headers;
  headers.delete("content-type");
  const withLength = new Request("https://example.com", {
    method: "POST",
    headers: { ...Object.fromEntries(headers), "content-length": String(1_048_577) },
    body: "{}",
  });
  expect((await handler(withLength)).status).toBe(413);

  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled.push(65_536);
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const withoutLength = new Request("https://example.com", {
    method: "POST",
    headers,
    body: endless,
    duplex: "half",
  } as RequestInit);
  expect((await handler(withoutLength)).status).toBe(413);
  // It was read until the cap was passed, and not to its end.
  expect(pulled.length).toBeLessThanOrEqual(20);
  expect(hmac).not.toHaveBeenCalled();

  const largest = await signWebhook(
    stripe,
    {
      ...paid,
      pad: "x".repeat(1_048_576 - JSON.stringify({ ...paid, pad: "" }).length),
    },
    { secret },
  );
  expect((await harness(stripe).handler(largest)).status).toBe(204);
});

test("more than 32 signatures are named as such, and 32 are compared", async () => {
  const { handler, errors } = harness(stripe);
  const send = async (others: number) => {
    const request = await signWebhook(stripe, paid, { secret });
    const [time = "", signature = ""] = (request.headers.get("stripe-signature") ?? "").split(",");
    request.headers.set("stripe-signature", [time, ...Array(others).fill(`v1=${"0".repeat(64)}`), signature].join(","));
    return (await handler(request)).status;
  };
  expect([await send(31), errors]).toEqual([204, []]);
  expect(await send(32)).toBe(401);
  expect(errors).toMatchObject([
    { message: expect.stringMatching(/contains 33 signatures, and at most 32 are compared/) },
  ]);
});
