import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createCall } from "../../../test/call.js";
import type { Call } from "../../pipeline/call.js";
import { cacheKey, createKeyDigests, isCacheable, keyHeaders, variesByCall } from "./cache-key.js";

const post = { method: "POST" };
const requested = { cache: {} };
const oneShot = () => ({ kind: "one-shot", contentType: "json", data: new ReadableStream() }) as const;
const bodyOf = (data: string | Uint8Array<ArrayBuffer>) => ({ kind: "replayable", contentType: "json", data }) as const;

function keyOf(provider: string, tenant: string, { operation, url, headers, body }: Call): string {
  return cacheKey({ provider, tenant, method: operation.method, url, headers: keyHeaders(headers), body });
}

describe("isCacheable", () => {
  test.each<[string, boolean, Parameters<typeof createCall>[0]]>([
    ["a GET", true, {}],
    ["a HEAD", true, { operation: { method: "HEAD" } }],
    ["a GET that writes", false, { operation: { safety: "idempotent" } }],
    ["a stream", false, { settings: { stream: true } }],
    ["a read by POST with cache options", true, { operation: post, settings: requested, body: bodyOf("{}") }],
    ["a read by POST without cache options", false, { operation: post, body: bodyOf("{}") }],
    ["a POST without a body", false, { operation: post, settings: requested }],
    ["a GET with a body", true, { body: bodyOf("{}") }],
    ["a one-shot body", false, { body: oneShot() }],
    ["a one-shot body by POST", false, { operation: post, settings: requested, body: oneShot() }],
    ["a body of 65,536 characters", true, { body: bodyOf("x".repeat(65_536)) }],
    ["a body of 65,537 characters", false, { body: bodyOf("x".repeat(65_537)) }],
    ["a body of 65,537 bytes", false, { body: bodyOf(new Uint8Array(65_537)) }],
  ])("of %s is %j", (_, expected, parts) => {
    expect(isCacheable(createCall(parts))).toBe(expected);
  });

  test.each([
    "range",
    "if-none-match",
    "if-modified-since",
    "if-match",
    "if-unmodified-since",
    "if-range",
    "authorization",
    "proxy-authorization",
    "cookie",
  ])("of a call that sets the header %s is false", (name) => {
    expect(isCacheable(createCall({ headers: { [name]: "x" } }))).toBe(false);
  });
});

test.each<[string | undefined, boolean]>([
  [undefined, false],
  ["accept, accept-language", false],
  ["traceparent", true],
  ["Accept,TraceState", true],
  ["accept , BAGGAGE , x-other", true],
])("variesByCall of a response with Vary %j is %j", (vary, expected) => {
  expect(variesByCall(new Headers(vary === undefined ? {} : { vary }))).toBe(expected);
});

describe("a key", () => {
  test("contains every header but those that differ from call to call", () => {
    const headers = { traceparent: "00-1", tracestate: "a=1", baggage: "a=1", accept: "json", "acme-account": "7" };
    expect(keyHeaders(headers)).toBe("\naccept: json\nacme-account: 7");
    expect(keyHeaders({ "acme-account": "7", accept: "json" })).toBe(keyHeaders(headers));
  });

  test("contains the provider, the tenant, the method and the URL", () => {
    const others = [
      keyOf("acme", "tenant", createCall()),
      keyOf("other", "tenant", createCall()),
      keyOf("acme", "another", createCall()),
      keyOf("acme", "tenant", createCall({ operation: { method: "HEAD" } })),
      keyOf("acme", "tenant", createCall({ url: "https://api.acme.test/things?a=1" })),
    ];
    expect(new Set(others).size).toBe(5);
    expect(keyOf("acme", "tenant", createCall({ headers: { traceparent: "00-2" } }))).toBe(others[0]);
  });

  test("differs for different bodies, and for bytes and the text of their numbers", () => {
    const bytes = (...data: number[]) => bodyOf(Uint8Array.from(data));
    const bodies = [undefined, bodyOf(""), bodyOf("a"), bodyOf("97"), bytes(97), bytes(9, 7), bytes()];
    const keys = bodies.map((body) => keyOf("acme", "tenant", createCall({ body })));
    expect(new Set(keys).size).toBe(bodies.length);
    expect(keyOf("acme", "tenant", createCall({ body: bytes(97) }))).toBe(keys[4]);
    // A one-shot body is not part of a key: its call is not cached.
    expect(keyOf("acme", "tenant", createCall({ body: oneShot() }))).toBe(keys[0]);
  });
});

test("the digest of a key is its HMAC-SHA-256, and known once it was computed", async () => {
  const digests = createKeyDigests("a secret");
  for (const key of ["key 1", "key 2", "caf\u00e9"]) {
    expect(digests.known(key)).toBeUndefined();
    const name = await digests.find(key);
    expect(name).toBe(createHmac("sha256", "a secret").update(key).digest("base64url"));
    expect([digests.known(key), await digests.find(key)]).toEqual([name, name]);
  }
});
