import { expect, test } from "vitest";
import { recordedFetch } from "../../test/webhooks/provider-keys.js";
import { paypalDelivery, plaidDelivery } from "../../test/webhooks/published-key-vectors.js";
import { verifyWebhook } from "../webhooks/index.js";
import { paypal, plaid } from "./index.js";

interface Changes {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly secrets?: string;
}

function receivePaypal({ headers, body = paypalDelivery.body, secrets = paypalDelivery.webhookId }: Changes = {}) {
  const { fetch, urls } = recordedFetch(() => new Response(paypalDelivery.certificate));
  const request = { headers: { ...paypalDelivery.headers, ...headers }, body };
  return { urls, verified: verifyWebhook(paypal({ fetch }), request, { secrets }) };
}

test("R36: a delivery that PayPal signed is accepted with PayPal's certificate", async () => {
  const { urls, verified } = receivePaypal();
  await expect(verified).resolves.toMatchObject({
    events: [{ type: "PAYMENT.SALE.COMPLETED", id: "WH-0G2756385H040842W-5Y612302CV158622M" }],
    signedAtMs: paypalDelivery.signedAtMs,
  });
  expect(urls).toEqual([paypalDelivery.headers["paypal-cert-url"]]);
});

test.each([
  ["body", { body: paypalDelivery.body.replace("20.00", "90.00") }],
  ["time", { headers: { "paypal-transmission-time": "2015-05-18T15:45:14Z" } }],
  ["id", { headers: { "paypal-transmission-id": "dfb3be50-fd74-11e4-8bf3-77339302725c" } }],
  ["webhook", { secrets: "4JH86294D6297924H" }],
])("R37: a delivery that PayPal signed is rejected with another %s", async (_, changes) => {
  await expect(receivePaypal(changes).verified).rejects.toMatchObject({ reason: "wrong-secret" });
});

const clock = { now: () => plaidDelivery.signedAtMs };
function receivePlaid(body: string) {
  const { fetch } = recordedFetch(() => Response.json({ key: plaidDelivery.key, request_id: "HvfCtrDLG1ihcp7" }));
  const { headers } = plaidDelivery;
  return verifyWebhook(plaid({ clientId: "client", fetch }), { headers, body }, { secrets: "api secret", clock });
}

test("R36: a delivery that Plaid signed is accepted with Plaid's key", async () => {
  await expect(receivePlaid(plaidDelivery.body)).resolves.toMatchObject({
    events: [{ type: "TRANSACTIONS.HISTORICAL_UPDATE" }],
    signedAtMs: plaidDelivery.signedAtMs,
  });
});

test("R37: a delivery that Plaid signed is rejected with other white space", async () => {
  const compact = JSON.stringify(JSON.parse(plaidDelivery.body));
  await expect(receivePlaid(compact)).rejects.toMatchObject({ reason: "wrong-secret" });
});
