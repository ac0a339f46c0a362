import {
  github,
  sendgrid,
  signWebhook,
  slack,
  standardWebhooksV1a,
  stripe,
  type VerifyOptions,
  verifySignature,
  type WebhookScheme,
  WebhookVerificationError,
  webDigests,
} from "@connectry/core/webhooks";
import { webhooks as stripeWebhooks } from "@connectry/stripe/webhooks";
import type { Check, Checks } from "./check.ts";

const secret = "whsec_bWF0cml4";
const body = { id: "evt_1", type: "customer.created", data: { object: { name: "Łódź" } } };

const base64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

/** Why a delivery is rejected, or that it is accepted. */
async function outcome(scheme: WebhookScheme, request: Request, options: VerifyOptions): Promise<string> {
  return await verifySignature(scheme, request, options).then(
    () => "accepted",
    (error: unknown) => (WebhookVerificationError.isInstance(error) ? error.reason : String(error)),
  );
}

/** A copy of a delivery whose body has another first letter. */
async function changed(request: Request): Promise<Request> {
  const text = await request.clone().text();
  return new Request(request.url, { method: "POST", headers: request.headers, body: ` ${text.slice(1)}` });
}

/** Verifies a delivery that the scheme signed, and one that was changed afterwards. */
function roundTrip(
  scheme: WebhookScheme,
  keys: () => Promise<{ readonly own: string; readonly shared: string }>,
): Check {
  return {
    run: async () => {
      const { own, shared } = await keys();
      const options = { secrets: shared };
      const delivery = await signWebhook(scheme, body, { secret: own });
      return {
        own: await outcome(scheme, delivery.clone(), options),
        byWebCrypto: await outcome(scheme, delivery.clone(), { ...options, digests: webDigests() }),
        changed: await outcome(scheme, await changed(delivery), options),
      };
    },
    expected: { own: "accepted", byWebCrypto: "accepted", changed: "wrong-secret" },
  };
}

const sameSecret = async () => ({ own: secret, shared: secret });

async function keyPair(algorithm: EcKeyImportParams | { readonly name: "Ed25519" }) {
  const pair = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  return {
    own: base64(await crypto.subtle.exportKey("pkcs8", pair.privateKey)),
    spki: base64(await crypto.subtle.exportKey("spki", pair.publicKey)),
    raw: base64(await crypto.subtle.exportKey("raw", pair.publicKey)),
  };
}

/** Webhooks: signatures by every kind of key, and a handler over the platform's own Request and Response. */
export const webhooks: Checks = {
  "github's published example is accepted": {
    run: async () => {
      const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
      const headers = { "x-hub-signature-256": signature, "x-github-event": "ping", "x-github-delivery": "1" };
      const request = new Request("https://example.com/", { method: "POST", headers, body: "Hello, World!" });
      const { delivery } = await verifySignature(github, request, { secrets: "It's a Secret to Everybody" });
      return new TextDecoder().decode(delivery.body);
    },
    expected: "Hello, World!",
  },
  "what stripe signs is accepted, and rejected when it was changed": roundTrip(stripe, sameSecret),
  "what slack signs is accepted, and rejected when it was changed": roundTrip(slack, sameSecret),
  "what sendgrid signs by ECDSA is accepted, and rejected when it was changed": roundTrip(sendgrid, async () => {
    const { own, spki } = await keyPair({ name: "ECDSA", namedCurve: "P-256" });
    return { own, shared: spki };
  }),
  "what is signed by Ed25519 is accepted, and rejected when it was changed": roundTrip(
    standardWebhooksV1a,
    async () => {
      const { own, raw } = await keyPair({ name: "Ed25519" });
      return { own: `whsk_${own}`, shared: `whpk_${raw}` };
    },
  ),
  "a delivery of yesterday is rejected": {
    run: async () =>
      await outcome(stripe, await signWebhook(stripe, body, { secret, nowMs: Date.now() - 86_400_000 }), {
        secrets: secret,
      }),
    expected: "too-old",
  },
  "the handler of @connectry/stripe/webhooks processes an event once, and returns the platform's Response": {
    run: async () => {
      const seen: unknown[] = [];
      const handler = stripeWebhooks.handler({
        secrets: secret,
        on: { "customer.created": (event) => void seen.push(event.id) },
      });
      const delivery = await signWebhook(stripe, body, { secret });
      const responses = [
        await handler(delivery.clone()),
        await handler(delivery.clone()),
        await handler(await changed(delivery)),
      ];
      return { seen, statuses: responses.map(({ status }) => status) };
    },
    expected: { seen: ["evt_1"], statuses: [204, 204, 401] },
  },
};
