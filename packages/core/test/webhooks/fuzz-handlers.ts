import fc from "fast-check";
import { expect } from "vitest";
import { createWebhookHandler } from "../../src/webhooks/index.js";
import { type Signer, signedDelivery, signers } from "./signed.js";

const nowMs = 1_700_000_000_000;

/** Header values that HTTP can transport. */
const headerText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 80 }),
  fc.constantFrom(
    "",
    ",",
    "=",
    "t=",
    "v1=",
    "t=1,v1=",
    "v1,",
    "sha256=",
    "v0=",
    "a".repeat(8_000),
    "v1=a,".repeat(1_000),
    "application/x-www-form-urlencoded",
    "application/json",
  ),
);
const bodyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json({ maxDepth: 3 }).map((text) => new TextEncoder().encode(text)),
  fc
    .constantFrom(
      "",
      "null",
      "[]",
      "[null]",
      "{}",
      '{"__proto__":{"type":"x"}}',
      '{"events":null}',
      '{"notificationItems":[{}]}',
      "payload=%",
      "a=1&a=2&%ZZ",
      "[".repeat(5_000),
    )
    .map((text) => new TextEncoder().encode(text)),
);
const urls = fc.constantFrom(
  "https://example.com/hook",
  "http://[::1]:8080/?bodySHA256=00&bodySHA256=11",
  "https://example.com:443/%ZZ?a=%&b=+&c#d",
  "https://example.com/a?a[]=1&a[]=2",
);

/** Sends fuzzed requests to the handlers of all schemes. Each must get a response, and no event may be processed. */
export async function fuzzHandlers(count: number): Promise<void> {
  const all = await signers();
  const signed = await Promise.all(all.map((signer) => signedDelivery(signer, nowMs)));
  let processed = 0;
  const unexpected: unknown[] = [];
  const handlers = all.map(({ scheme, verifying }) =>
    createWebhookHandler(scheme, {
      secrets: verifying,
      clock: { ...globalThis.performance, now: () => nowMs } as never,
      otherwise: () => {
        processed += 1;
      },
      onError: (error) => {
        if ((error as Error).name !== "WebhookVerificationError") unexpected.push(error);
      },
    }),
  );
  const statuses = new Map<number, number>();
  const requests = fc.record({
    index: fc.nat(all.length - 1),
    body: bodyBytes,
    url: urls,
    method: fc.constantFrom("POST", "GET", "PUT", "DELETE"),
    otherHeaders: fc.dictionary(
      fc.constantFrom("content-type", "x-hook-secret", "x-github-event", "x-any"),
      headerText,
      {
        maxKeys: 3,
      },
    ),
    signature: fc.option(headerText, { nil: undefined }),
    keepsTimestamp: fc.boolean(),
  });
  const property = fc.asyncProperty(requests, async ({ index, body, url, method, ...given }) => {
    const { scheme } = all[index] as Signer;
    const headers = new Headers(given.otherHeaders);
    const signatureHeader = scheme.signature.in === "header" ? scheme.signature.header : "x-any";
    const { timestamp } = scheme;
    const timestampHeader = timestamp !== undefined && "header" in timestamp ? timestamp.header : undefined;
    for (const name of [signatureHeader, timestampHeader]) {
      if (name === undefined) continue;
      const isKept = given.keepsTimestamp && name !== signatureHeader;
      const value = isKept ? signed[index]?.headers[name] : given.signature;
      if (value !== undefined) headers.set(name, value);
    }
    const hasBody = method !== "GET";
    const request = new Request(url, { method, headers, ...(hasBody ? { body: body as BodyInit } : {}) });
    const response = await handlers[index]!(request);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: count, seed: 38, endOnFailure: true });
  expect(unexpected).toEqual([]);
  expect(processed).toBe(0);
  expect([...statuses.values()].reduce((sum, one) => sum + one)).toBe(count);
  // All are rejected because their signatures are missing, malformed or wrong, and none fails.
  expect([...statuses.keys()]).toEqual([401]);
}
