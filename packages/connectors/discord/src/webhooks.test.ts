import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { interactions, webhooks } from "./webhooks.js";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const secret = Buffer.from(publicKey.export({ format: "jwk" }).x as string, "base64url").toString("hex");
/** A request that is signed as Discord's page on interactions says: Ed25519 over the timestamp and the body, in hex. */
function signed(body: object, tampered = "") {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const text = JSON.stringify(body);
  const signature = sign(null, Buffer.from(timestamp + text), privateKey).toString("hex");
  const headers = { "x-signature-ed25519": signature, "x-signature-timestamp": timestamp };
  return new Request("https://app.example/discord", { method: "POST", headers, body: text + tampered });
}

test("a command gets the handler's response, a PING a PONG, and a wrong signature a 401", async () => {
  const POST = interactions.handler({
    secrets: secret,
    on: { hello: () => Response.json({ type: 4, data: { content: "Hi" } }) },
  });
  const command = await POST(signed({ id: "1", type: 2, data: { name: "hello" } }));
  expect(await command.json()).toEqual({ type: 4, data: { content: "Hi" } });
  const ping = await POST(signed({ id: "2", type: 1 }));
  expect([ping.status, await ping.json()]).toEqual([200, { type: 1 }]);
  expect((await POST(signed({ id: "3", type: 1 }, " "))).status).toBe(401);
});

test("an event is acknowledged with 204, as is the PING of the endpoint", async () => {
  const types: unknown[] = [];
  const on = { ENTITLEMENT_CREATE: ({ type }: { readonly type: string }) => void types.push(type) };
  const POST = webhooks.handler({ secrets: secret, on });
  const event = { type: "ENTITLEMENT_CREATE", timestamp: "2024-10-18T14:42:53.064834", data: {} };
  expect((await POST(signed({ version: 1, application_id: "1", type: 1, event }))).status).toBe(204);
  expect((await POST(signed({ version: 1, application_id: "1", type: 0 }))).status).toBe(204);
  expect(types).toEqual(["ENTITLEMENT_CREATE"]);
});
