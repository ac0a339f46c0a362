import { expect, test } from "vitest";
import { harness, secret } from "../../test/webhooks/harness.js";
import { signers } from "../../test/webhooks/signed.js";
import { asana, discord, discordEvents, signWebhook, slack } from "./index.js";

test("Slack's url_verification is answered with its challenge, and only where it is signed", async () => {
  const { handler, worked } = harness(slack);
  const body = { type: "url_verification", challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" };
  const response = await handler(await signWebhook(slack, secret, body));
  expect([response.status, await response.json()]).toEqual([200, { challenge: body.challenge }]);
  expect((await handler(await signWebhook(slack, "another", body))).status).toBe(401);
  expect(worked).toEqual([]);
});

test("Discord's PING is answered, and its probes with wrong signatures get 401", async () => {
  const all = await signers();
  const { signing, verifying } = all.find(({ scheme }) => scheme === discord)!;
  const { handler, worked } = harness(discord, { secrets: verifying });
  const pong = await handler(await signWebhook(discord, signing, { type: 1, id: "1", token: "t" }));
  expect([pong.status, await pong.json()]).toEqual([200, { type: 1 }]);
  const probe = await signWebhook(discord, signing, { type: 1 });
  probe.headers.set("x-signature-ed25519", "0".repeat(128));
  expect((await handler(probe)).status).toBe(401);
  expect(worked).toEqual([]);

  const events = harness(discordEvents, { secrets: verifying });
  expect((await events.handler(await signWebhook(discordEvents, signing, { type: 0 }))).status).toBe(204);
  expect(events.worked).toEqual([]);
  await events.handler(await signWebhook(discordEvents, signing, { type: 1, event: { type: "ENTITLEMENT_CREATE" } }));
  expect(events.worked).toMatchObject([{ type: "ENTITLEMENT_CREATE" }]);
});

test("Asana's secret is kept and sent back; without `onSecret`, or where that throws, it is not", async () => {
  const kept: string[] = [];
  const request = () =>
    new Request("https://example.com/asana", { method: "POST", headers: { "x-hook-secret": "s3cret" }, body: "{}" });
  const { handler } = harness(asana, { secrets: () => kept, onSecret: (offered) => void kept.push(offered) });
  const response = await handler(request());
  expect([response.status, response.headers.get("x-hook-secret"), kept]).toEqual([200, "s3cret", ["s3cret"]]);
  // From then on it signs; an empty list is a heartbeat.
  expect((await handler(await signWebhook(asana, "s3cret", { events: [] }))).status).toBe(204);

  expect((await harness(asana).handler(request())).status).toBe(401);
  const refusing = harness(asana, {
    onSecret: () => {
      throw new Error("none is expected");
    },
  });
  const refused = await refusing.handler(request());
  expect([refused.status, refused.headers.get("x-hook-secret")]).toEqual([500, null]);
});
