import { createHmac } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { harness, secret } from "../../../test/webhooks/harness.js";
import { receivedVectors, wronglySignedByXero } from "../../../test/webhooks/received-vectors.js";
import { signers } from "../../../test/webhooks/signed.js";
import {
  asana,
  discord,
  discordEvents,
  dropbox,
  type Handshake,
  intercom,
  notion,
  signWebhook,
  slack,
  unsignedHandshake,
  xero,
  zoom,
} from "../index.js";

test("Slack's url_verification gets its challenge as the response, and only where it is signed", async () => {
  const { handler, processed } = harness(slack);
  const body = { type: "url_verification", challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" };
  const response = await handler(await signWebhook(slack, body, { secret }));
  expect([response.status, await response.json()]).toEqual([200, { challenge: body.challenge }]);
  expect((await handler(await signWebhook(slack, body, { secret: "another" }))).status).toBe(401);
  expect(processed).toEqual([]);
});

test("Discord's PING gets a PONG, and its probes with wrong signatures get a 401", async () => {
  const all = await signers();
  const { signing, verifying } = all.find(({ scheme }) => scheme === discord)!;
  const { handler, processed } = harness(discord, { secrets: verifying });
  const pong = await handler(await signWebhook(discord, { type: 1, id: "1", token: "t" }, { secret: signing }));
  expect([pong.status, await pong.json()]).toEqual([200, { type: 1 }]);
  const probe = await signWebhook(discord, { type: 1 }, { secret: signing });
  probe.headers.set("x-signature-ed25519", "0".repeat(128));
  expect((await handler(probe)).status).toBe(401);
  expect(processed).toEqual([]);

  const events = harness(discordEvents, { secrets: verifying });
  expect((await events.handler(await signWebhook(discordEvents, { type: 0 }, { secret: signing }))).status).toBe(204);
  expect(events.processed).toEqual([]);
  await events.handler(
    await signWebhook(discordEvents, { type: 1, event: { type: "ENTITLEMENT_CREATE" } }, { secret: signing }),
  );
  expect(events.processed).toMatchObject([{ type: "ENTITLEMENT_CREATE" }]);
});

test("Asana's secret is stored and sent back, but not without `onSecret` or where `onSecret` throws", async () => {
  const stored: string[] = [];
  const request = () =>
    new Request("https://example.com/asana", { method: "POST", headers: { "x-hook-secret": "s3cret" }, body: "{}" });
  const { handler } = harness(asana, { secrets: () => stored, onSecret: (offered) => void stored.push(offered) });
  const response = await handler(request());
  expect([response.status, response.headers.get("x-hook-secret"), stored]).toEqual([200, "s3cret", ["s3cret"]]);
  // Later deliveries are signed with it. An empty list of events is a heartbeat.
  expect((await handler(await signWebhook(asana, { events: [] }, { secret: "s3cret" }))).status).toBe(204);

  expect((await harness(asana).handler(request())).status).toBe(401);
  const throwing = harness(asana, {
    onSecret: () => {
      throw new Error("no secret is expected");
    },
  });
  const failed = await throwing.handler(request());
  expect([failed.status, failed.headers.get("x-hook-secret")]).toEqual([500, null]);
});

test("Xero's intent to receive gets a 200 where it is signed rightly, and a 401 where Xero signed it wrongly", async () => {
  const rightly = receivedVectors.find(({ scheme }) => scheme === xero)!;
  const { handler, processed } = harness(xero, { secrets: rightly.secret });
  for (const [{ headers, body }, status] of [
    [rightly.request, 200],
    [wronglySignedByXero, 401],
  ] as const) {
    const init = { method: "POST", headers: headers as Record<string, string>, body: body as string };
    const response = await handler(new Request("https://example.com/webhooks", init));
    expect([response.status, status === 200 ? await response.text() : ""]).toEqual([status, ""]);
  }
  expect(processed).toEqual([]);
});

test("Zoom's url_validation gets its token and the HMAC of it by the secret that signed it", async () => {
  const { handler, processed } = harness(zoom, { secrets: ["another", secret] });
  const body = { event: "endpoint.url_validation", payload: { plainToken: "qgg8vlvZRS6UYooatFL8Aw" }, event_ts: 1 };
  const response = await handler(await signWebhook(zoom, body, { secret }));
  const encryptedToken = createHmac("sha256", secret).update("qgg8vlvZRS6UYooatFL8Aw").digest("hex");
  expect([response.status, await response.json()]).toEqual([
    200,
    { plainToken: "qgg8vlvZRS6UYooatFL8Aw", encryptedToken },
  ]);
  expect((await handler(await signWebhook(zoom, body, { secret: "wrong" }))).status).toBe(401);
  expect(processed).toEqual([]);
  await handler(await signWebhook(zoom, { event: "meeting.started" }, { secret }));
  expect(processed).toMatchObject([{ type: "meeting.started" }]);
});

test("Dropbox's challenge is repeated as text that no browser reads as a page", async () => {
  const { handler, processed } = harness(dropbox);
  const get = (query: string, method = "GET") => handler(new Request(`https://example.com/hook${query}`, { method }));
  const response = await get("?challenge=%3Cscript%3E");
  expect([response.status, await response.text()]).toEqual([200, "<script>"]);
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  // Not a handshake: not signed.
  expect((await get("")).status).toBe(401);
  expect((await get("?challenge=a", "POST")).status).toBe(401);
  expect((await get(`?challenge=${"a".repeat(1_025)}`)).status).toBe(401);
  expect(processed).toEqual([]);
});

test("Intercom's HEAD, which validates the URL, gets a 200, and a POST without a signature does not", async () => {
  const { handler, processed } = harness(intercom);
  const status = async (method: string) => (await handler(new Request("https://example.com/hook", { method }))).status;
  expect([await status("HEAD"), await status("POST")]).toEqual([200, 401]);
  expect(processed).toEqual([]);
});

test.each<{ name: string; handshake: Handshake; request: Request; text: string }>([
  {
    name: "Microsoft Graph's validationToken",
    handshake: { kind: "query-echo", parameter: "validationToken", method: "POST", respondUnsigned: unsignedHandshake },
    request: new Request("https://example.com/hook?validationToken=a%20b", { method: "POST" }),
    text: "a b",
  },
  {
    name: "Okta's verification challenge",
    handshake: {
      kind: "header-echo",
      header: "x-okta-verification-challenge",
      field: "verification",
      respondUnsigned: unsignedHandshake,
    },
    request: new Request("https://example.com/hook", { headers: { "x-okta-verification-challenge": "abc" } }),
    text: '{"verification":"abc"}',
  },
  {
    name: "Trello's HEAD",
    handshake: { kind: "head", respondUnsigned: unsignedHandshake },
    request: new Request("https://example.com/hook", { method: "HEAD" }),
    text: "",
  },
])("$name gets its response without a signature, and nothing else is", async ({ handshake, request, text }) => {
  const { handler, processed } = harness({ ...dropbox, handshakes: [handshake] });
  const response = await handler(request);
  expect([response.status, await response.text()]).toEqual([200, text]);
  expect((await handler(new Request("https://example.com/hook", { method: "POST", body: "{}" }))).status).toBe(401);
  expect(processed).toEqual([]);
});

describe("Notion's verification token", () => {
  const body = '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}';
  const token = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl";
  const request = (text = body, headers = {}) =>
    new Request("https://example.com/notion", { method: "POST", headers, body: text });

  test("is passed to `onSecret`, which prints where to paste it, and not the token", async () => {
    const printed = vi.spyOn(console, "info").mockImplementation(() => {});
    const stored: string[] = [];
    const { handler, processed } = harness(notion, { secrets: () => stored, onSecret: (one) => void stored.push(one) });
    const response = await handler(request());
    expect([response.status, await response.text(), stored]).toEqual([200, "", [token]]);
    expect(printed.mock.calls.flat()).toEqual([expect.stringMatching(/Notion.*paste it .*Webhooks, Verify/)]);
    expect(printed.mock.calls.join()).not.toContain(token);
    printed.mockRestore();
    const signed = await signWebhook(notion, { id: "1", type: "page.created" }, { secret: token });
    expect((await handler(signed)).status).toBe(204);
    expect(processed).toHaveLength(1);
  });

  test("is rejected without `onSecret`, with what to do", async () => {
    const { handler, errors } = harness(notion);
    expect((await handler(request())).status).toBe(401);
    expect(errors).toMatchObject([
      { reason: "header-missing", message: expect.stringMatching(/pass `onSecret` to store it\. Then paste it/) },
    ]);
    expect(String(errors)).not.toContain(token);
  });

  test("R54: is not read in a signed request, a long body, or what is not JSON", async () => {
    const stored: string[] = [];
    const { handler } = harness(notion, { onSecret: (one) => void stored.push(one) });
    for (const one of [
      request(body, { "x-notion-signature": "sha256=00" }),
      request(body + " ".repeat(1_024)),
      request("verification_token"),
      request("{}"),
    ]) {
      expect((await handler(one)).status).toBe(401);
    }
    expect(stored).toEqual([]);
  });
});
