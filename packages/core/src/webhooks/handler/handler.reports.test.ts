import { fakeClock } from "@connectry/testing";
import { beforeEach, expect, test, vi } from "vitest";
import { paid, secret } from "../../../test/webhooks/harness.js";
import { signers } from "../../../test/webhooks/signed.js";
import {
  asana,
  createWebhookHandler,
  github,
  type ReportedDelivery,
  signWebhook,
  stripe,
  type WebhookHandlerOptions,
  type WebhookScheme,
} from "../index.js";

const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
const error = vi.spyOn(console, "error").mockImplementation(() => {});
beforeEach(() => {
  warn.mockClear();
  error.mockClear();
});
const printed = () => warn.mock.calls.map(([line]) => String(line));

/** A handler with a clock of its own, that of the signatures. */
function setUp(scheme: WebhookScheme, options: Partial<WebhookHandlerOptions<Record<string, unknown>>> = {}) {
  const clock = fakeClock();
  const handler = createWebhookHandler(scheme, { secrets: secret, otherwise: () => {}, clock, ...options });
  const send = async (init: RequestInit & { readonly url?: string } = {}) => {
    const { url = "https://example.com/webhooks", ...rest } = init;
    const signed = await signWebhook(scheme, paid, { secret: "another", nowMs: clock.now(), url });
    for (const [name, value] of new Headers(rest.headers)) signed.headers.set(name, value);
    return handler(new Request(url, { method: "POST", headers: signed.headers, body: rest.body ?? "{}" }));
  };
  return { clock, send };
}

test("by default a rejection prints one line: scheme, reason, what to check, URL and request id", async () => {
  const { send } = setUp(stripe);
  await send({ headers: { "x-request-id": "req_1" } });
  expect(printed()).toEqual([
    "Connectry rejected a webhook (wrong-secret). Stripe: the signature does not match the secret. Check that the secret is " +
      "the endpoint's signing secret, whsec_..., in the dashboard under Webhooks, and that the body is the raw bytes as " +
      "they were sent. POST https://example.com/webhooks, request id req_1.",
  ]);
});

test("the id of the provider's delivery is the request id, where the scheme has one in a header", async () => {
  const { send } = setUp(github);
  await send({ headers: { "x-github-delivery": "72d3162e", "x-request-id": "req_1" } });
  expect(printed()[0]).toMatch(/ POST https:\/\/example\.com\/webhooks, request id 72d3162e\.$/);
});

test("a line has no body, no secret, no query, no user information, and only one line", async () => {
  const { send } = setUp(github, { secrets: "configured-canary" });
  await send({
    url: "https://example.com/a/b?token=query-canary#x",
    body: '{"text":"body-canary"}',
    headers: { "x-github-delivery": `7\u00e4\u0085${"x".repeat(5_000)}` },
  });
  expect(printed()).toHaveLength(1);
  expect(printed()[0]).not.toMatch(/canary|[^ -~]/);
  expect(printed()[0]).toMatch(/POST https:\/\/example\.com\/a\/b, request id 7\?\?x{197}\.$/);
});

test("each reason prints one line in a minute, with the number of those that were left out", async () => {
  const { clock, send } = setUp(stripe);
  for (let count = 0; count < 100; count += 1) await send();
  await send({ headers: { "stripe-signature": "t=1" } });
  expect(printed().map((line) => /\((.*?)\)/.exec(line)?.[1])).toEqual(["wrong-secret", "malformed"]);
  await clock.advance(59_999);
  await send();
  expect(printed()).toHaveLength(2);
  await clock.advance(1);
  await send();
  expect(printed()).toHaveLength(3);
  expect(printed()[2]).toMatch(/ 100 more since the last report\.$/);
  await clock.advance(60_000);
  await send();
  expect(printed()[3]).not.toMatch(/more/);
});

test("endpoints that are created for each request share the limit, and schemes do not", async () => {
  const clock = fakeClock();
  for (const scheme of [stripe, github, stripe, stripe]) {
    const handler = createWebhookHandler(scheme, { secrets: secret, otherwise: () => {}, clock });
    await handler(new Request("https://example.com/", { method: "POST", body: "{}" }));
  }
  expect(printed().map((line) => /\. (\w+):/.exec(line)?.[1])).toEqual(["Stripe", "GitHub"]);
});

test("an unsigned request cannot fill the log by an `onSecret` that throws", async () => {
  const onSecret = () => {
    throw new Error("no secret is expected");
  };
  const { send } = setUp(asana, { onSecret });
  for (let count = 0; count < 10; count += 1) await send({ headers: { "x-hook-secret": "offered" } });
  expect(error.mock.calls).toEqual([[expect.stringMatching(/^Connectry could not verify/), expect.any(Error)]]);
});

test("`onError` receives what is known of a rejected delivery, and nothing is printed", async () => {
  const seen: ReportedDelivery[] = [];
  const { send } = setUp(stripe, { maxBodyBytes: 10, onError: (_, delivery) => void seen.push(delivery) });
  const headers = { "x-request-id": "req_1" };
  await send({ headers, url: "https://example.com/hook?a=1", body: "{}" });
  await send({ headers, url: "https://example.com/hook?a=2", body: "x".repeat(11) });
  const known = seen.map((one) => [one.method, one.url, one.content?.length, one.header("x-request-id")]);
  expect(known).toEqual([
    ["POST", "https://example.com/hook?a=1", 2, "req_1"],
    ["POST", "https://example.com/hook?a=2", undefined, "req_1"],
  ]);
  expect(printed()).toEqual([]);
});

test("a body that is too large is reported, with the option that allows it", async () => {
  const { send } = setUp(stripe);
  expect((await send({ body: "x".repeat(1_048_577) })).status).toBe(413);
  expect(printed()[0]).toMatch(/\(too-large\).* 1048576 bytes\. Raise `maxBodyBytes`/);
});

test("the maximum size of a body is that of the scheme: 25 MB for GitHub, or the option", async () => {
  const send = async (bytes: number, options: { readonly maxBodyBytes?: number } = {}) => {
    const { send: deliver } = setUp(github, options);
    const body = `"${"x".repeat(bytes - 2)}"`;
    const signed = await signWebhook(github, body, { secret, headers: { "x-github-event": "push" } });
    return (await deliver({ headers: signed.headers, body })).status;
  };
  expect(await send(25_000_000)).toBe(204);
  expect(await send(25 * 1_048_576 + 1)).toBe(413);
  expect(await send(2_000_001, { maxBodyBytes: 2_000_000 })).toBe(413);
});

test("every malformed signature gets a 401, with every scheme", async () => {
  for (const { scheme, verifying } of await signers()) {
    const handler = createWebhookHandler(scheme, { secrets: verifying, otherwise: () => {}, clock: fakeClock() });
    const { signature, timestamp } = scheme;
    const names = [signature, timestamp].flatMap((one) => (one && "header" in one ? [one.header] : []));
    for (const value of ["", "x", "t=,v1=", "v1,", "sha256=", "\u00ff", "v0=zz", "1".repeat(5_000)]) {
      for (const body of ["", "{", "[]", "{}", '{"notificationItems":[]}', "a=%zz"]) {
        const headers = new Headers(names.map((name) => [name, value]));
        headers.set("content-type", body === "a=%zz" ? "application/x-www-form-urlencoded" : "application/json");
        const response = await handler(new Request("https://example.com/", { method: "POST", headers, body }));
        expect([scheme.name, value, body, response.status]).toEqual([scheme.name, value, body, 401]);
      }
    }
  }
});
