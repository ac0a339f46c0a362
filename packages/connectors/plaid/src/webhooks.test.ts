import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { expect, expectTypeOf, test } from "vitest";
import type { components } from "./generated/types.js";
import { createPlaidWebhooks, type PlaidEvents, webhooks } from "./webhooks.js";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const kid = "bfbd5111-8e33-4643-8ced-b2e642a72f3c";
const addresses: string[] = [];
const fetch = async (input: unknown) => {
  addresses.push(String(input));
  return Response.json({ key: { ...publicKey.export({ format: "jwk" }), alg: "ES256", kid, expired_at: null } });
};

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A delivery with a token as https://plaid.com/docs/api/webhooks/webhook-verification/ has it. */
function deliver(payload: object): Request {
  const body = JSON.stringify(payload);
  const request_body_sha256 = createHash("sha256").update(body).digest("hex");
  const claims = { iat: Math.floor(Date.now() / 1_000), request_body_sha256 };
  const signed = `${part({ alg: "ES256", kid, typ: "JWT" })}.${part(claims)}`;
  const signature = createSign("SHA256").update(signed).sign({ key: privateKey, dsaEncoding: "ieee-p1363" });
  const headers = { "plaid-verification": `${signed}.${signature.toString("base64url")}` };
  return new Request("https://app.example", { method: "POST", headers, body });
}

// The example of `ItemErrorWebhook` in the document.
const event = {
  webhook_type: "ITEM",
  webhook_code: "ERROR",
  item_id: "wz666MBjYWTp2PDzzggYhM6oWWmBb",
  error: { error_type: "ITEM_ERROR", error_code: "ITEM_LOGIN_REQUIRED", status: 400 },
  environment: "production",
};

test("a handler of an event gets its payload, typed by webhook_type and webhook_code", async () => {
  const handled: string[] = [];
  const POST = createPlaidWebhooks({ clientId: "client_1", environment: "sandbox", fetch }).handler({
    secrets: "secret_1",
    on: {
      "ITEM.ERROR": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<components["schemas"]["ItemErrorWebhook"]>();
        handled.push(payload.item_id);
      },
    },
  });
  expect((await POST(deliver(event))).status).toBe(204);
  expect(handled).toEqual([event.item_id]);
  expect(addresses).toEqual(["https://sandbox.plaid.com/webhook_verification_key/get"]);
});

test("events of two schemas have the fields of both, and all 83 have names of two parts", () => {
  expectTypeOf<PlaidEvents["TRANSACTIONS.SYNC_UPDATES_AVAILABLE"]>().toHaveProperty("initial_update_complete");
  expectTypeOf<keyof PlaidEvents>().toExtend<`${string}.${string}`>();
});

test("a delivery without a token is rejected before a key is fetched, and needs no client id", async () => {
  const POST = webhooks.handler({ secrets: "secret_1", on: {} });
  const request = new Request("https://app.example", { method: "POST", body: JSON.stringify(event) });
  expect((await POST(request)).status).toBe(401);
});
