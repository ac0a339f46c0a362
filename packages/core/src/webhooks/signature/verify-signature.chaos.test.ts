import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signers } from "../../../test/webhooks/signed.js";
import { unverifiedBodies } from "../../../test/webhooks/unverified-bodies.js";
import { formBody, signedEvents, verifyPasscode, type WebhookScheme } from "../index.js";
import { verifySignature } from "./verify-signature.js";

const kib = 1_024;
const types = ["application/json", "application/x-www-form-urlencoded"];

/** Schemes of a user's own, which read the body before it is verified. */
const ownScheme: WebhookScheme = {
  id: "own",
  name: "Own",
  secret: "the key",
  algorithm: { kind: "passcode", verify: verifyPasscode },
  signature: { in: "body", path: ["token"], encoding: "hex", read: signedEvents },
  signed: [],
  event: { type: [], form: formBody },
};

const all = [
  ...(await signers()),
  { scheme: ownScheme, verifying: "secret" },
  { scheme: { ...ownScheme, event: { ...ownScheme.event, list: ["a"], formField: "data" } }, verifying: "secret" },
];

/** The processor time of a function in microseconds: the best of five runs. */
async function bestOfFiveUs(run: () => unknown): Promise<number> {
  const times: number[] = [];
  await run();
  for (let index = 0; index < 5; index += 1) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    times.push(user + system);
  }
  return Math.min(...times);
}

const unsigned = new Uint8Array(1_024 * kib).fill(97);
const hashUs = await bestOfFiveUs(() => createHash("sha256").update(unsigned).digest("hex"));
// What reading a body of that size takes at least: where memory is slow to get, more than a hash of it.
const json = new TextEncoder().encode(JSON.stringify({ a: "a".repeat(1_024 * kib) }));
const readUs = await bestOfFiveUs(() => JSON.parse(new TextDecoder().decode(json)));
const unitUs = Math.max(hashUs, readUs);
const query = "https://example.com/hook?a=1+2&b=%C3%28&a=2";

describe.each(Object.entries(unverifiedBodies))("R54: a request with %s that is not authentic", (_, bodyOf) => {
  test.each(all.flatMap((signer) => types.map((type) => [signer.scheme.name, type, signer] as const)))(
    "costs %s linear processor time, with %s",
    // The collector of garbage runs when it wants to, and its threads count.
    { retry: 4 },
    async (__, contentType, { scheme, verifying }) => {
      const { signature, timestamp } = scheme;
      const headers: Record<string, string> = { "content-type": contentType };
      if (signature.in === "header") headers[signature.header] = `${signature.prefix ?? ""}${"00".repeat(32)}`;
      if (timestamp !== undefined && "header" in timestamp) {
        const { header, prefix = "", separator = "," } = timestamp;
        headers[header] = [headers[header], `${prefix}1700000000`].filter((one) => one !== undefined).join(separator);
      }
      for (const part of scheme.signed) {
        if (typeof part === "object" && "value" in part) headers[part.value.header] = "1";
      }
      const verifyUs = async (bytes: number, asText: boolean) => {
        const text = bodyOf(bytes);
        const body = asText ? text : new TextEncoder().encode(text);
        const request = { headers, body, url: query };
        return bestOfFiveUs(() =>
          verifySignature(scheme, request, { secrets: verifying, toleranceMs: Number.POSITIVE_INFINITY }).then(
            () => {
              throw new Error("accepted");
            },
            (error: Error) => {
              if (error.name !== "WebhookVerificationError") throw error;
            },
          ),
        );
      };
      for (const asText of [true, false]) {
        const [small, large] = [await verifyUs(128 * kib, asText), await verifyUs(1_024 * kib, asText)];
        // The small one counts as at least a hash of its bytes, because the clock is coarse.
        expect(large / Math.max(small, unitUs / 8)).toBeLessThanOrEqual(12);
        expect(large).toBeLessThanOrEqual(10 * unitUs);
      }
    },
  );
});
