import fc from "fast-check";
import { expect, test } from "vitest";
import { WebhookVerificationError } from "../../../src/errors/connectry-error.js";
import {
  figma,
  linear,
  signWebhook,
  standardWebhooks,
  stripe,
  type WebhookScheme,
} from "../../../src/webhooks/index.js";
import { verifySignature } from "../../../src/webhooks/signature/verify-signature.js";
import { type Signer, signedDelivery, signers } from "../../webhooks/signed.js";
import { vectors } from "../../webhooks/vectors.js";

const nowMs = 1_700_000_000_000;
const clock = { now: () => nowMs };
type Signed = Awaited<ReturnType<typeof signedDelivery>>;

/** The header with the signature. */
function signatureHeader({ signature }: WebhookScheme): string | undefined {
  return signature.in === "header" ? signature.header : undefined;
}

/** A change of the encoding or the length of a signature. */
type Edit = { readonly kind: string; apply(text: string): string };

const edits: readonly Edit[] = [
  { kind: "upper case", apply: (text) => text.replace(/[a-f](?=[0-9a-f]*$)/, (letter) => letter.toUpperCase()) },
  { kind: "white space around", apply: (text) => ` ${text}\u00a0` },
  { kind: "without its last letter", apply: (text) => text.slice(0, -1) },
  { kind: "its first half", apply: (text) => text.slice(0, text.length >> 1) },
  { kind: "its prefix alone", apply: (text) => text.slice(0, text.search(/[=,]/) + 1) },
  { kind: "an additional character", apply: (text) => `${text}0` },
  { kind: "additional padding", apply: (text) => `${text}=` },
  { kind: "without padding", apply: (text) => (text.endsWith("=") ? text.replace(/=+$/, "") : text.slice(1)) },
  {
    kind: "URL-safe",
    apply: (text) => (/[+/]/.test(text) ? text.replaceAll("+", "-").replaceAll("/", "_") : `${text}_`),
  },
  {
    kind: "unused bits set",
    apply: (text) => text.replace(/[A-Za-z0-9+/](?==*$)/, (letter) => (letter === "z" ? "y" : "z")),
  },
  { kind: "a zero byte", apply: (text) => `${text}\0` },
  { kind: "percent-encoded", apply: (text) => text.replace(/.$/, (letter) => `%${letter.charCodeAt(0).toString(16)}`) },
  { kind: "empty", apply: () => "" },
];

/** One change to a delivery that must be rejected. */
const changes = fc.oneof(
  fc.record({ what: fc.constant("flip a bit of the body" as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ what: fc.constant("cut the body" as const), at: fc.nat() }),
  fc.record({ what: fc.constant("add to the body" as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
  fc.record({ what: fc.constant("flip a bit of the signature" as const), at: fc.nat(), bit: fc.nat(6) }),
  fc.record({ what: fc.constant("change the encoding of the signature" as const), edit: fc.constantFrom(...edits) }),
  fc.record({ what: fc.constant("change the timestamp" as const), by: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ what: fc.constant("cut the secret" as const), at: fc.nat() }),
);
type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function flip(text: string, at: number, bit: number): string {
  const index = at % text.length;
  const letter = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
  return text.slice(0, index) + letter + text.slice(index + 1);
}

function applyChange(signer: Signer, signed: Signed, change: Change): { request: Signed; secret: string } | undefined {
  const { scheme, verifying } = signer;
  const header = signatureHeader(scheme);
  const withHeader = (name: string, value: string) => ({
    request: { ...signed, headers: { ...signed.headers, [name]: value } },
    secret: verifying,
  });
  const withBody = (body: Uint8Array<ArrayBuffer>) => ({ request: { ...signed, body }, secret: verifying });
  const { body } = signed;
  // Forms and bodies that are signed field by field have several encodings with the same signature. They have other
  // tests.
  const isBytes = scheme.signed.includes("body") || signed.url.includes("bodySHA256");
  switch (change.what) {
    case "flip a bit of the body":
      return isBytes
        ? withBody(body.map((byte, index) => (index === change.at % body.length ? byte ^ (1 << change.bit) : byte)))
        : undefined;
    case "cut the body":
      return isBytes ? withBody(body.slice(0, change.at % body.length)) : undefined;
    case "add to the body":
      return isBytes ? withBody(Uint8Array.from([...body, ...change.bytes])) : undefined;
    case "flip a bit of the signature": {
      // Only the part after the prefix. Other tests change the prefix.
      const value = header && signed.headers[header];
      if (header === undefined || value === undefined) return undefined;
      const from = value.lastIndexOf(value.includes("v1,") || value.includes("v1a,") ? "," : "=", value.length - 4) + 1;
      return withHeader(header, value.slice(0, from) + flip(value.slice(from), change.at, change.bit));
    }
    case "change the encoding of the signature": {
      const value = header && signed.headers[header];
      if (header === undefined || value === undefined) return undefined;
      const changed = change.edit.apply(value);
      return changed === value ? undefined : withHeader(header, changed);
    }
    case "change the timestamp": {
      const location = scheme.timestamp;
      const value = location && "header" in location ? signed.headers[location.header] : undefined;
      if (location === undefined || !("header" in location) || value === undefined) return undefined;
      return withHeader(
        location.header,
        location.format
          ? new Date(Date.parse(value) + change.by).toISOString()
          : value.replace(/\d{10,13}/, (time) => String(Number(time) + change.by)),
      );
    }
    case "cut the secret":
      return scheme.algorithm.kind === "hash" || scheme.algorithm.kind === "passcode"
        ? { request: signed, secret: verifying.slice(0, 1 + (change.at % (verifying.length - 1))) }
        : undefined;
  }
}

test("R37: each of 10,000 changes of bytes, lengths and encodings is rejected with a reason", async () => {
  const all = await signers();
  const signed = await Promise.all(all.map((signer) => signedDelivery(signer, nowMs)));
  for (const [index, { scheme, verifying }] of all.entries()) {
    await expect(
      verifySignature(scheme, signed[index] as Signed, { secrets: verifying, clock }),
    ).resolves.toBeDefined();
  }
  let rejected = 0;
  const property = fc.asyncProperty(fc.nat(all.length - 1), changes, async (index, change) => {
    const changed = applyChange(all[index] as Signer, signed[index] as Signed, change);
    fc.pre(changed !== undefined);
    const { scheme } = all[index] as Signer;
    const error = await verifySignature(scheme, changed.request, { secrets: changed.secret, clock }).catch((e) => e);
    if (!WebhookVerificationError.isInstance(error))
      throw new Error(`accepted: ${scheme.name}, ${JSON.stringify(change)}`);
    rejected += 1;
  });
  await fc.assert(property, { numRuns: 10_000, seed: 37, maxSkipsPerRun: 10 });
  expect(rejected).toBe(10_000);
});

test("R37: every prefix of a signature is rejected, for every published vector", async () => {
  for (const { scheme, secret, request, nowMs: signedMs = 0 } of vectors) {
    const header = signatureHeader(scheme) ?? "";
    const value = (request.headers as Record<string, string>)[header] ?? "";
    const suffix = scheme.signature.in === "header" ? (scheme.signature.suffix ?? "") : "";
    const start = scheme.signature.in === "header" ? (scheme.signature.prefix ?? "").length : 0;
    for (let length = start; length < value.length - suffix.length; length += 1) {
      const cut = { ...request, headers: { ...request.headers, [header]: value.slice(0, length) + suffix } };
      const verifying = verifySignature(scheme, cut, { secrets: secret, clock: { now: () => signedMs } });
      await expect(verifying).rejects.toMatchObject({ name: "WebhookVerificationError" });
    }
  }
});

test.each([
  "1614265330x",
  "1614265330 ",
  " 1614265330",
  "+1614265330",
  "-1614265330",
  "01614265330",
  "1614265330.0",
  "1.61426533e9",
  "0x603828b2",
  "١٦١٤٢٦٥٣٣٠",
  "NaN",
  "Infinity",
  "",
  "16142653301614265330",
])("R37: %j is not accepted as a timestamp", async (time) => {
  const signedMs = 1_614_265_330_000;
  const request = await signWebhook(stripe, "{}", { secret: "whsec_test", nowMs: signedMs });
  const headers = { "stripe-signature": (request.headers.get("stripe-signature") ?? "").replace("1614265330", time) };
  const verifying = verifySignature(
    stripe,
    { headers, body: "{}" },
    { secrets: "whsec_test", clock: { now: () => signedMs } },
  );
  await expect(verifying).rejects.toMatchObject({ reason: "malformed" });
});

test("R37: a delivery with two timestamps is rejected", async () => {
  const request = await signWebhook(stripe, "{}", { secret: "whsec_test", nowMs });
  const headers = { "stripe-signature": `t=1,${request.headers.get("stripe-signature")}` };
  const verifying = verifySignature(stripe, { headers, body: "{}" }, { secrets: "whsec_test", clock });
  await expect(verifying).rejects.toMatchObject({ reason: "malformed" });
});

test.each([
  {
    unit: "seconds",
    scheme: standardWebhooks,
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    toleranceMs: 300_000,
    unitMs: 1_000,
  },
  { unit: "milliseconds", scheme: linear, secret: "lin_wh_1", toleranceMs: 60_000, unitMs: 1 },
])(
  "R37: the tolerance is exact, into the past and the future, for timestamps in $unit",
  async ({ scheme, secret, toleranceMs, unitMs }) => {
    const request = await signWebhook(scheme, {}, { secret, nowMs });
    const { headers } = request;
    const body = await request.text();
    const at = (now: number) =>
      verifySignature(scheme, { headers, body }, { secrets: secret, clock: { now: () => now } });
    await expect(at(nowMs + toleranceMs)).resolves.toMatchObject({ signedAtMs: nowMs });
    await expect(at(nowMs - toleranceMs)).resolves.toMatchObject({ signedAtMs: nowMs });
    await expect(at(nowMs + toleranceMs + unitMs)).rejects.toMatchObject({ reason: "too-old" });
    await expect(at(nowMs - toleranceMs - unitMs)).rejects.toMatchObject({ reason: "clock-ahead" });
  },
);

test("R37: a body that is not valid UTF-8 is verified by its raw bytes", async () => {
  const body = Uint8Array.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]);
  const request = await signWebhook(stripe, body, { secret: "whsec_test", nowMs });
  const verify = (bytes: Uint8Array) =>
    verifySignature(stripe, { headers: request.headers, body: bytes }, { secrets: "whsec_test", clock });
  expect((await verify(body)).delivery.body).toEqual(body);
  // Decoding replaces each invalid byte by U+FFFD, so different bytes can have the same text.
  const other = Uint8Array.from([0xfe, 0xff, 0x00, 0x80, 0xc3, 0x28]);
  expect(new TextDecoder().decode(other)).toBe(new TextDecoder().decode(body));
  await expect(verify(other)).rejects.toMatchObject({ reason: "wrong-secret" });
});

test("R37: only the whole passcode is accepted", async () => {
  const verify = (passcode: string) =>
    verifySignature(figma, { headers: {}, body: JSON.stringify({ passcode }) }, { secrets: "a passcode" });
  await expect(verify("a passcode")).resolves.toBeDefined();
  for (const wrong of ["", "a", "a passcod", "a passcode ", "A passcode"]) {
    await expect(verify(wrong)).rejects.toMatchObject({ reason: "wrong-secret" });
  }
});
