import fc from "fast-check";
import { expect, test } from "vitest";
import { noDirectives } from "../http/freshness.js";
import { copyBytes, toCachedBody } from "./cached-body.js";
import { CachedHeaders } from "./cached-headers.js";
import type { CacheEntry } from "./entry.js";
import { openEnvelope, sealEnvelope } from "./envelope.js";

function entryOf(bytes: Uint8Array | undefined, headers: Record<string, string> = {}): CacheEntry {
  return {
    status: 200,
    headers: CachedHeaders.of(new Headers(headers)),
    kind: "json",
    body: toCachedBody(bytes as Parameters<typeof toCachedBody>[0]),
    bodyBytes: bytes?.length ?? 0,
    validatedAtMs: 1_700_000_000_000,
    fetchMs: 12.5,
    lifetime: noDirectives,
    tags: ["a", "b"],
  };
}

const tagVersions = ["1", "2"];
const text = (bytes: string) => new TextEncoder().encode(bytes);

test("R34: an envelope preserves any bytes", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: "binary", maxLength: 200 }).map(text),
    fc.string({ unit: "grapheme", maxLength: 50 }).map((body) => text(`\uFEFF${body}`)),
  );
  fc.assert(
    fc.property(bytes, (body) => {
      const opened = openEnvelope("key", sealEnvelope("key", entryOf(body), tagVersions));
      expect(copyBytes(opened?.entry.body)).toEqual(new Uint8Array(body));
      expect(opened?.entry.bodyBytes).toBe(body.length);
      expect(opened?.tagVersions).toEqual(tagVersions);
    }),
  );
  const none = openEnvelope("key", sealEnvelope("key", entryOf(undefined), tagVersions));
  expect(none?.entry).toEqual({ ...entryOf(undefined), fetchMs: 13 });
});

test("an envelope preserves headers, but for those of one connection or one caller", () => {
  const headers = { etag: '"1: 2"', "x-empty": "", "x-wide": "caf\u00e9", connection: "close", "set-cookie": "a=b" };
  const opened = openEnvelope("key", sealEnvelope("key", entryOf(text("{}"), headers), tagVersions));
  expect([...(opened?.entry.headers.headers ?? [])]).toEqual([
    ["etag", '"1: 2"'],
    ["x-empty", ""],
    ["x-wide", "caf\u00e9"],
  ]);
  expect(() => opened?.entry.headers.headers.set("etag", "2")).toThrow(TypeError);
});

test.each([
  noDirectives,
  { ...noDirectives, freshMs: 60_000, mustRevalidate: true },
  { ...noDirectives, noCache: true, staleIfErrorMs: 5 },
])("an envelope preserves the freshness lifetime %j", (lifetime) => {
  const sealed = sealEnvelope("key", { ...entryOf(text("{}")), lifetime }, tagVersions);
  expect(openEnvelope("key", sealed)?.entry.lifetime).toEqual(lifetime);
});

test("R34: an envelope of another key, a truncated one, and one with invalid fields are misses", () => {
  const sealed = sealEnvelope("key", entryOf(text('{"a":1}'), { etag: '"1"' }), tagVersions);
  expect(openEnvelope("key", sealed)).toBeDefined();
  expect(openEnvelope("other", sealed)).toBeUndefined();
  for (let length = 0; length < sealed.length; length += 1) {
    expect(openEnvelope("key", sealed.slice(0, length))).toBeUndefined();
  }
  for (const head of ["", "null", "0", "{}", "[]", "[200]", '["200","json","text",7,0,0,0,["a"],["1"],0,0]', "["]) {
    expect(openEnvelope("key", `4 key ${head}\n`)).toBeUndefined();
  }
  // Without a version of each tag, an invalidation could go unnoticed.
  expect(openEnvelope("key", sealEnvelope("key", entryOf(text("{}")), ["1"]))).toBeUndefined();
  for (const field of ['etag\u0000"1"', 'e ag: "1"', 'etag: "\r"', 'etag: "\u20ac"']) {
    expect(openEnvelope("key", sealed.replace('etag: "1"', field.padEnd(9).slice(0, 9)))).toBeUndefined();
  }
});
