import { expect, test } from "vitest";
import {
  createWebhookHandler,
  createWebhooks,
  signWebhook,
  stripe,
  toNodeHandler,
  verifySignature,
  verifyWebhook,
  type WebhookScheme,
} from "../index.js";

/** A value that a program in JavaScript leaves out. */
const missing = undefined as never;
const request = new Request("https://example.com/", { method: "POST", body: "{}" });
const options = { secrets: "secret", otherwise: () => {} };

test.each<[string, () => unknown, RegExp]>([
  ["createWebhooks without a scheme", () => createWebhooks(missing), /the scheme of the webhooks is missing/],
  ["createWebhookHandler without a scheme", () => createWebhookHandler(missing, options), /the scheme/],
  ["createWebhookHandler without options", () => createWebhookHandler(stripe, missing), /Stripe: `secrets` is missing/],
  [
    "handler without secrets",
    () => createWebhooks(stripe).handler({ on: {} } as never),
    /`secrets` is missing: pass the/,
  ],
  ["handler without handlers", () => createWebhooks(stripe).handler({ secrets: "a" }), /no handler for events/],
  ["verify without options", () => createWebhooks(stripe).verify(request, missing), /`secrets` is missing/],
  ["verify without a request", () => createWebhooks(stripe).verify(missing, options), /Stripe: pass the request/],
  ["verify without headers", () => verifyWebhook(stripe, { body: "" } as never, options), /with its headers and body/],
  [
    "verify without a secret",
    () =>
      verifySignature(
        stripe,
        { headers: { "stripe-signature": "t=1,v1=0" }, body: "" },
        { secrets: undefined, toleranceMs: Number.POSITIVE_INFINITY },
      ),
    /contains no secret/,
  ],
  ["verifySignature without a scheme", () => verifySignature(missing as WebhookScheme, request, options), /the scheme/],
  ["toNodeHandler without a handler", () => toNodeHandler(missing), /pass the handler/],
  ["signWebhook without options", () => signWebhook(stripe, {}, missing), /`secret` is missing/],
])("%s is a ConfigurationError that says what to pass", async (_, run, message) => {
  const running = async () => run();
  await expect(running()).rejects.toMatchObject({
    name: "ConfigurationError",
    message: expect.stringMatching(message),
  });
});

test("a secret that is undefined while the program starts is reported when a delivery arrives", async () => {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const handler = createWebhooks(stripe).handler({ secrets: undefined, on: {}, onError });
  const delivery = await signWebhook(stripe, {}, { secret: "secret" });
  expect((await handler(delivery)).status).toBe(500);
  expect(errors).toMatchObject([{ name: "ConfigurationError" }]);
});
