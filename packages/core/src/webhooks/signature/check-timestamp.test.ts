import { expect, test } from "vitest";
import { signers } from "../../../test/webhooks/signed.js";
import { linear, signWebhook, stripe, verifySignature } from "../index.js";

const nowMs = 1_700_000_000_000;
const verify = (request: Request, now: number) =>
  verifySignature(linear, request, { secrets: "lin_wh_1", clock: { now: () => now } });
const sign = (body: unknown, headers: Record<string, string> = {}) =>
  signWebhook(linear, body, { secret: "lin_wh_1", nowMs, headers });

test("a replay to which fresh unsigned headers of Linear were added is rejected as too old", async () => {
  const dayMs = 86_400_000;
  const headers = { "linear-timestamp": String(nowMs + dayMs), "linear-delivery": "another" };
  await expect(verify(await sign({ type: "Issue" }, headers), nowMs + dayMs)).rejects.toMatchObject({
    reason: "too-old",
  });
  await expect(verify(await sign({ type: "Issue" }, headers), nowMs + 1_000)).resolves.toMatchObject({
    signedAtMs: nowMs,
  });
});

test.each([
  ["is missing", "{}"],
  ["is not a number", '{"webhookTimestamp":"today"}'],
  ["is not in JSON", "today"],
])("a signed body of Linear whose timestamp %s is rejected as malformed", async (_, body) => {
  await expect(verify(await sign(body), nowMs)).rejects.toMatchObject({ reason: "malformed" });
});

test("a forged body is rejected for its signature before its timestamp is read", async () => {
  const { headers } = await sign({ type: "Issue" });
  const body = '{"webhookTimestamp":1}';
  const verifying = verifySignature(linear, { headers, body }, { secrets: "lin_wh_1", clock: { now: () => nowMs } });
  await expect(verifying).rejects.toMatchObject({ reason: "wrong-secret" });
});

test("a scheme whose timestamp is in a header that is not signed is a ConfigurationError", async () => {
  const scheme = { ...stripe, signed: ["body"] as const };
  const request = await signWebhook(stripe, "{}", { secret: "whsec_test", nowMs });
  await expect(verifySignature(scheme, request, { secrets: "whsec_test" })).rejects.toMatchObject({
    name: "ConfigurationError",
    message: expect.stringMatching(/stripe-signature is not signed.*"timestamp"/),
  });
});

test("every scheme that compares a time compares one that is signed", async () => {
  for (const { scheme } of await signers()) {
    if (scheme.timestamp === undefined) continue;
    const location = scheme.timestamp;
    const isSigned = scheme.signed.some((part) =>
      "body" in location
        ? part === "body" || (typeof part === "object" && "body" in part && `${part.body}` === `${location.body}`)
        : part === "timestamp",
    );
    expect(isSigned, scheme.id).toBe(true);
  }
});

test("the schemes whose ids of events are not signed are those whose providers sign no id", async () => {
  const unsigned = (await signers()).filter(({ scheme: { event, signed } }) =>
    event.id?.some((parts) =>
      parts.some(
        (part) =>
          part.in === "header" &&
          !signed.some((one) => typeof one === "object" && "value" in one && one.value.header === part.name),
      ),
    ),
  );
  expect([...new Set(unsigned.map(({ scheme }) => scheme.id))].sort()).toEqual([
    "bitbucket",
    "github",
    "gitlab",
    // Which headers Hook0 signs, each subscription says.
    "hook0",
    "linear",
    "sentry",
    "shopify",
    "shopify-events",
    "twilio",
  ]);
});
