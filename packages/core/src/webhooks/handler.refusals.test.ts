import { expect, test, vi } from "vitest";
import { harness, paid, secret } from "../../test/webhooks/harness.js";
import { signWebhook, stripe } from "./index.js";

test.each([
  ["header-missing", 401, (request: Request) => new Request(request, { headers: {} })],
  ["malformed", 400, (request: Request) => new Request(request, { headers: { "stripe-signature": "t=1" } })],
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
  "what is refused for %s is answered %i, with the reason and nothing else",
  async (reason, status, change) => {
    const { handler, errors, worked } = harness(stripe);
    const response = await handler(change(await signWebhook(stripe, secret, paid)));
    expect([response.status, await response.json()]).toEqual([status, { error: reason }]);
    expect(errors).toMatchObject([{ name: "WebhookVerificationError", reason, scheme: "stripe" }]);
    expect(worked).toEqual([]);
  },
);

test("a body that is signed and is not JSON is refused, without being repeated", async () => {
  const { handler, errors } = harness(stripe);
  const response = await handler(await signWebhook(stripe, secret, "{secret words"));
  expect([response.status, await response.json()]).toEqual([400, { error: "malformed" }]);
  expect(String(errors[0])).not.toContain("words");
});

test("R38: a body beyond the cap is answered 413 before any hash is computed, told or not told its length", async () => {
  const hmac = vi.fn(() => "");
  const digests = { hmac, hash: hmac };
  const pulled: number[] = [];
  const { handler } = harness(stripe, { digests });
  const headers = (await signWebhook(stripe, secret, "{}")).headers;
  headers.delete("content-type");
  const told = new Request("https://example.com", {
    method: "POST",
    headers: { ...Object.fromEntries(headers), "content-length": String(1_048_577) },
    body: "{}",
  });
  expect((await handler(told)).status).toBe(413);

  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled.push(65_536);
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const untold = new Request("https://example.com", {
    method: "POST",
    headers,
    body: endless,
    duplex: "half",
  } as RequestInit);
  expect((await handler(untold)).status).toBe(413);
  // It was read to the cap and a little further, and not to its end.
  expect(pulled.length).toBeLessThanOrEqual(20);
  expect(hmac).not.toHaveBeenCalled();

  const largest = await signWebhook(stripe, secret, {
    ...paid,
    pad: "x".repeat(1_048_576 - JSON.stringify({ ...paid, pad: "" }).length),
  });
  expect((await harness(stripe).handler(largest)).status).toBe(204);
});
